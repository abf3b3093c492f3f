package engine

import (
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"partner-center-connector/connector"
)

// note is "COMMIT,MODIFIED,TIME", without what is not known. build/scripts/common.sh has the linker put it here where Go can't note the commit.
var note string

// Build is what this program was built from, as the compiler or the linker noted it.
func Build() connector.Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return buildOf(info, note)
}

func buildOf(info *debug.BuildInfo, note string) connector.Build {
	commit, rest, _ := strings.Cut(note, ",")
	modified, at, _ := strings.Cut(rest, ",")
	flags := []string{}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs":
		case "vcs.revision":
			commit = s.Value
		case "vcs.modified":
			modified = s.Value
		case "vcs.time":
			at = s.Value
		default:
			flags = append(flags, s.Key+"="+s.Value)
		}
	}
	b := connector.Build{Commit: commit, Flags: flags}
	if commit == "" {
		return b
	}
	if known, err := strconv.ParseBool(modified); err == nil {
		b.Modified = &known
	}
	if known, err := time.Parse(time.RFC3339, at); err == nil {
		b.Time = known
	}
	return b
}
