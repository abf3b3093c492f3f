package report

import (
	"fmt"

	"golang.org/x/sys/windows"
)

func system() System {
	v := windows.RtlGetVersion()
	return System{Name: "windows", Version: fmt.Sprintf("%d.%d.%d", v.MajorVersion, v.MinorVersion, v.BuildNumber)}
}
