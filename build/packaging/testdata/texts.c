/* Prints what the dialogs of the desktop say, as UTF-8: for each its title, and each visible control below it with whether its text fits
   into its place, its class, the middle of it on the screen, and its text. Wine draws with wider letters than Windows, so what fits here fits there. Argument: the beginning of the titles. */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

static HFONT font;

static void say(const char *what, HWND window, const wchar_t *class, const wchar_t *text)
{
	char out[16384];
	RECT at;
	GetWindowRect(window, &at);
	WideCharToMultiByte(CP_UTF8, 0, text, -1, out, sizeof out, NULL, NULL);
	for (char *c = out; *c; c++)
		if (*c == '\r' || *c == '\n')
			*c = ' ';
	printf("%s\t%ls\t%ld %ld\t%s\n", what, class, (at.left + at.right) / 2, (at.top + at.bottom) / 2, out);
}

/* fits tells whether a text has room. A box or a circle before it takes 20 pixels; what scrolls always fits. */
static BOOL fits(HWND window, const wchar_t *class, const wchar_t *text)
{
	RECT room, need;
	LONG style = GetWindowLongW(window, GWL_STYLE);
	GetClientRect(window, &room);
	if (wcsstr(class, L"Edit") || wcsstr(class, L"SysListView") || wcsstr(class, L"SysTreeView"))
		return TRUE;
	if (!wcscmp(class, L"Button")) {
		if ((style & BS_TYPEMASK) == BS_GROUPBOX)
			return TRUE;
		room.right -= (style & BS_TYPEMASK) <= BS_DEFPUSHBUTTON ? 4 : 20;
	}
	HDC screen = GetDC(NULL);
	HGDIOBJ before = SelectObject(screen, font);
	need = room;
	DrawTextW(screen, text, -1, &need, DT_CALCRECT | DT_EXPANDTABS | (wcscmp(class, L"Static") ? DT_SINGLELINE : DT_WORDBREAK));
	SelectObject(screen, before);
	ReleaseDC(NULL, screen);
	return need.right <= room.right && need.bottom <= room.bottom + 2;
}

static BOOL CALLBACK child(HWND window, LPARAM unused)
{
	(void)unused;
	wchar_t text[8192] = L"", class[64];
	if (!IsWindowVisible(window))
		return TRUE;
	GetClassNameW(window, class, 64);
	SendMessageTimeoutW(window, WM_GETTEXT, 8192, (LPARAM)text, SMTO_ABORTIFHUNG, 2000, NULL);
	say(fits(window, class, text) ? "fits" : "CUT", window, class, text);
	return TRUE;
}

static BOOL CALLBACK dialog(HWND window, LPARAM begin)
{
	wchar_t title[512] = L"", class[64];
	GetClassNameW(window, class, 64);
	if (!IsWindowVisible(window) || wcscmp(class, L"#32770"))
		return TRUE;
	GetWindowTextW(window, title, 512);
	if (!wcsstr(title, (const wchar_t *)begin))
		return TRUE;
	say("title", window, class, title);
	EnumChildWindows(window, child, 0);
	return TRUE;
}

int wmain(int argc, wchar_t **argv)
{
	if (argc != 2)
		return 2;
	font = CreateFontW(-11, 0, 0, 0, FW_NORMAL, 0, 0, 0, DEFAULT_CHARSET, 0, 0, 0, 0, L"MS Shell Dlg");
	EnumWindows(dialog, (LPARAM)argv[1]);
	return 0;
}
