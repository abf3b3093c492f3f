package engine

import (
	"runtime/debug"

	"partner-center-connector/connector"
)

// Modules are those of others that this program is made of, as the compiler noted them in it.
func Modules() []connector.Module {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return []connector.Module{}
	}
	return modulesOf(info)
}

// modulesOf begins with Go itself, whose library is in the program too. What was put in the place of a module is what counts.
func modulesOf(info *debug.BuildInfo) []connector.Module {
	all := []connector.Module{{Path: "Go", Version: info.GoVersion}}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		all = append(all, connector.Module{Path: m.Path, Version: m.Version})
	}
	return all
}
