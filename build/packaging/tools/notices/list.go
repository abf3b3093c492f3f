package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// build is one program for one system.
type build struct {
	program, system, pkg, tags string
	cgo                        bool
}

func builds(pccTags, windowTags string) []build {
	all := []build{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		all = append(all, build{"pcc", system, "./cmd/pcc", pccTags, false}, build{"window", system, ".", windowTags, true})
	}
	return all
}

// module is what a package belongs to, as go list tells.
type module struct {
	Path, Dir string
	Main      bool
}

// listed is a package that is linked.
type listed struct {
	Dir, ImportPath                                             string
	GoFiles, CgoFiles, CFiles, HFiles, SFiles, MFiles, CXXFiles []string
	EmbedFiles, SysoFiles                                       []string
	Standard                                                    bool
	Root                                                        string
	Module                                                      *module
}

// list is every package that is linked, for both processors.
func (b build) list(ctx context.Context, root string) ([]listed, error) {
	all := []listed{}
	for _, arch := range []string{"amd64", "arm64"} {
		found, err := b.listArch(ctx, root, arch)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

func (b build) listArch(ctx context.Context, root, arch string) ([]listed, error) {
	cgo := "CGO_ENABLED=0"
	if b.cgo {
		cgo = "CGO_ENABLED=1"
	}
	cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-json", "-tags", b.tags, b.pkg)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), cgo, "GOOS="+b.system, "GOARCH="+arch, "GOFLAGS=-buildvcs=false")
	errs := &bytes.Buffer{}
	cmd.Stderr = errs
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list for %s on %s/%s: %w: %s", b.program, b.system, arch, err, strings.TrimSpace(errs.String()))
	}
	found := []listed{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return found, nil
		} else if err != nil {
			return nil, err
		}
		found = append(found, p)
	}
}

// owner is the path that the package's license goes by, and the folder that its files are below.
func (p listed) owner() (path, dir string) {
	if p.Module == nil {
		return "Go", p.Root
	}
	return p.Module.Path, p.Module.Dir
}

func (p listed) ours() bool { return p.Module != nil && p.Module.Main }

func (p listed) sources() []string {
	all := []string{}
	for _, files := range [][]string{p.GoFiles, p.CgoFiles, p.CFiles, p.HFiles, p.SFiles, p.MFiles, p.CXXFiles} {
		all = append(all, files...)
	}
	return all
}
