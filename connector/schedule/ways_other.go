//go:build !darwin && !windows

package schedule

// systemWays leaves those of other systems out of the program, with the libraries that they take.
func systemWays(h host) []way { return []way{systemd{h}, cron{h}} }
