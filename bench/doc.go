//go:build e2e && linux

// Command bench measures the programs beside baselines that are built in the same run, in pairs that alternate, and keeps what came of it in
// results.json. It runs inside the session that `make bench` opens. Nothing fails for being slow: a row that misses its aim is marked where the
// results are shown, and reasons.toml says why.
package main
