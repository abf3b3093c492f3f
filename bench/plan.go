//go:build e2e && linux

package main

// plan has every row, in the order in which they are measured and shown.
var plan = []row{
	{"check-all", "`pcc check --all`, 100 connectors, gnome-keyring", "a bare sequential loop: the same requests, one item of the same size written per connector", (*bench).checkAll, false},
	{"check-before", "the same", "the build before, which checks the first of the same list", (*bench).checkBefore, false},
	{"check-1000", "`pcc check --all` with 1,000 in the list, per connector, less the start", "10 in the list", (*bench).checkThousand, false},
	{"token", "`pcc token`, cached", "`secret-tool lookup` of one item of the same size", (*bench).token, false},
	{"token-10000", "`pcc token`, cached, with 10,000 in the list", "10 in the list", (*bench).tokenOfMany, false},
	{"start", "`pcc version` and `pcc explain AADSTS65001`", "a hello that links the same modules, and a plain one", (*bench).start, false},
	{"list-10000", "`pcc list`, 10,000 rows", "a process that reads and prints the same rows", (*bench).listMany, false},
	{"save", "saving one connector with 10,000 in the list", "10 in the list", (*bench).save, false},
	{"home", "home complete: wall until its last frame, CPU until a second after it, memory then", "a bare Fyne window, same flags", (*bench).home, false},
	{"home-1000", "home with 1,000 connectors: its last frame, and one wheel notch", "home with 10", (*bench).homeOfMany, false},
	{"idle", "idle on every page and wait, 10 s", "a bare Fyne window in the same seconds", (*bench).idle, true},
	{"private", "\"Open private window\" to the browser's first request", "the same browser started bare", (*bench).private, false},
	{"size", "size as shipped", "a bare Fyne hello, same flags", (*bench).size, false},
	{"growth", "10, 100, 1,000 and 10,000 connectors: see bench/README.md", "", (*bench).growth, false},
}
