//go:build !linux && !windows && !darwin

package report

import "runtime"

func system() System { return System{Name: runtime.GOOS} }
