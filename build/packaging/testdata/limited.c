/* For tests under wine alone, where everything runs as an elevated administrator: starts the program of its command line with
   the limited half of that token, as Windows does for an account that is an administrator. Ends with that program's code. */
#include <stdio.h>
#include <windows.h>

static int fail(const char *what)
{
	fprintf(stderr, "limited: %s: error %lu\n", what, GetLastError());
	return 125;
}

int main(void)
{
	HANDLE mine;
	TOKEN_LINKED_TOKEN linked;
	DWORD size, code;
	STARTUPINFOW start = { .cb = sizeof start };
	PROCESS_INFORMATION process;
	WCHAR *line = GetCommandLineW();
	/* The rest of the line after this program's own name. */
	WCHAR end = *line == L'"' ? L'"' : L' ';
	for (line++; *line && *line != end; line++)
		;
	if (*line == L'"')
		line++;
	while (*line == L' ')
		line++;
	if (!OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &mine))
		return fail("own token");
	if (!GetTokenInformation(mine, TokenLinkedToken, &linked, sizeof linked, &size))
		return fail("limited token");
	if (!CreateProcessAsUserW(linked.LinkedToken, NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process))
		return fail("start");
	WaitForSingleObject(process.hProcess, INFINITE);
	GetExitCodeProcess(process.hProcess, &code);
	return (int)code;
}
