// Manifests checks those that dist-manifests.sh made: each names packages that are there, with their sums, has every key that its package
// manager requires and none that it does not know. With -winget and -scoop, it also goes by the managers' own JSON schemas.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

// checker knows where the packages are, and the managers' own schemas where they are given.
type checker struct {
	dist, winget, scoop string
	problems            []error
}

func main() {
	var c checker
	flag.StringVar(&c.dist, "dist", "dist", "the `folder` with the packages and their manifests")
	flag.StringVar(&c.winget, "winget", "", "a `folder` with winget's JSON schemas of one version")
	flag.StringVar(&c.scoop, "scoop", "", "Scoop's JSON schema, a `file`")
	flag.Parse()
	checked, err := c.all()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_, _ = fmt.Fprintln(os.Stdout, checked, "manifests are fine.")
}

// all checks every manifest and counts them; it reports all that is wrong at once.
func (c *checker) all() (int, error) {
	folders, err := filepath.Glob(filepath.Join(c.dist, "manifests/winget/manifests/*/*/*/*"))
	if err != nil {
		return 0, err
	}
	apps, err := filepath.Glob(filepath.Join(c.dist, "manifests/scoop/bucket/*.json"))
	if err != nil {
		return 0, err
	}
	if len(folders) == 0 || len(apps) == 0 {
		return 0, fmt.Errorf("%s has no manifests of winget or none of Scoop: run dist-manifests.sh", c.dist)
	}
	checked := len(apps)
	for _, folder := range folders {
		checked += c.wingetPackage(folder)
	}
	for _, file := range apps {
		c.scoopApp(file)
	}
	return checked, errors.Join(c.problems...)
}

// complain notes what is wrong with a file; an error that is nil is none.
func (c *checker) complain(file string, err error) {
	if err != nil {
		c.problems = append(c.problems, fmt.Errorf("%s: %w", filepath.Base(file), err))
	}
}

// expect notes a value that is another one than it has to be.
func (c *checker) expect(file, what, got, want string) {
	if got != want {
		c.complain(file, fmt.Errorf("%s is %q, and has to be %q", what, got, want))
	}
}
