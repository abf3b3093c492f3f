package browser

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

const (
	startMenuKey = `SOFTWARE\Clients\StartMenuInternet`
	appPathsKey  = `SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths`
)

// hives are searched in this order; the account's own registrations come first.
var hives = []registry.Key{registry.CURRENT_USER, registry.LOCAL_MACHINE}

// views are the two sides of the registry. https://learn.microsoft.com/windows/win32/winprog64/accessing-an-alternate-registry-view
var views = []uint32{registry.WOW64_64KEY, registry.WOW64_32KEY}

func discover(ctx context.Context) ([]Browser, error) {
	standard := standardBrowser()
	var all []Browser
	for _, r := range slices.Concat(startMenu(), appPaths(), lastResort()) {
		if _, err := os.Stat(r.exe); err != nil {
			continue
		}
		if b, ok := windowsBrowser(r, standard); ok {
			all = append(all, governed(b))
		}
	}
	return all, ctx.Err()
}

// startMenu are the browsers that registered as such.
// https://learn.microsoft.com/windows/win32/shell/start-menu-reg
func startMenu() []registered {
	var found []registered
	each(func(hive registry.Key, view uint32) {
		for _, client := range subkeys(hive, startMenuKey, view) {
			key := startMenuKey + `\` + client
			exe := commandPath(text(hive, key+`\shell\open\command`, "", view))
			found = append(found, registered{name: text(hive, key, "", view), exe: exe})
		}
	})
	return found
}

// appPaths are known browsers that Windows can start by their name.
// https://learn.microsoft.com/windows/win32/shell/app-registration
func appPaths() []registered {
	var found []registered
	each(func(hive registry.Key, view uint32) {
		for _, name := range executables() {
			value := text(hive, appPathsKey+`\`+name, "", view)
			if exe := commandPath(value); exe != "" {
				found = append(found, registered{exe: exe})
			}
		}
	})
	return found
}

// executables are the names of the known browsers, each once.
func executables() []string {
	var names []string
	for _, p := range products {
		if p.exe != "" && !slices.Contains(names, p.exe) {
			names = append(names, p.exe)
		}
	}
	return names
}

// lastResort is Edge, which every Windows has.
func lastResort() []registered {
	var found []registered
	for _, variable := range []string{"ProgramFiles(x86)", "ProgramFiles"} {
		if dir := os.Getenv(variable); dir != "" {
			found = append(found, registered{exe: filepath.Join(dir, "Microsoft", "Edge", "Application", "msedge.exe")})
		}
	}
	return found
}

func each(visit func(hive registry.Key, view uint32)) {
	for _, hive := range hives {
		for _, view := range views {
			visit(hive, view)
		}
	}
}

// subkeys are the names below a key; none where it is not there.
func subkeys(hive registry.Key, path string, view uint32) []string {
	key, err := registry.OpenKey(hive, path, registry.READ|view)
	if err != nil {
		return nil
	}
	defer func() { _ = key.Close() }()
	// What was read before an error is as good as it was.
	names, _ := key.ReadSubKeyNames(-1)
	return names
}

// text returns a value with its variables filled in; empty where it is not there.
func text(hive registry.Key, path, name string, view uint32) string {
	key, err := registry.OpenKey(hive, path, registry.QUERY_VALUE|view)
	if err != nil {
		return ""
	}
	defer func() { _ = key.Close() }()
	value, kind, err := key.GetStringValue(name)
	if err != nil {
		return ""
	}
	if kind != registry.EXPAND_SZ {
		return value
	}
	expanded, err := registry.ExpandString(value)
	if err != nil {
		return value
	}
	return expanded
}

var assocQueryString = windows.NewLazySystemDLL("shlwapi.dll").NewProc("AssocQueryStringW")

// standardBrowser is the executable that opens https links; empty where the shell does not say. The registry's UserChoice is no
// source: newer Windows keeps the choice elsewhere and lets it go stale.
// https://learn.microsoft.com/windows/win32/api/shlwapi/nf-shlwapi-assocquerystringw
func standardBrowser() string {
	const isProtocol, executable = 0x1000, 2
	scheme, err := windows.UTF16PtrFromString("https")
	if err != nil || assocQueryString.Find() != nil {
		return ""
	}
	var path [1024]uint16
	size := uint32(len(path))
	//nolint:gosec // a call by address, which x/sys does not have
	result, _, _ := assocQueryString.Call(
		isProtocol, executable, uintptr(unsafe.Pointer(scheme)), 0, uintptr(unsafe.Pointer(&path[0])), uintptr(unsafe.Pointer(&size)),
	)
	if result != 0 {
		return ""
	}
	return windows.UTF16ToString(path[:])
}
