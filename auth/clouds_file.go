package auth

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"partner-center-connector/plaintext"
)

const (
	maxCloudsFile = 64 << 10
	maxCAFile     = 1 << 20
	maxClouds     = 32
)

// CloudsFileError says what is wrong in a clouds file, or in a CA file that it names.
type CloudsFileError struct {
	// Path is the file.
	Path string
	// Line is the line in it, from 1; 0 when the whole file is meant.
	Line int
	// Key is the key in question, as "login" or `cloud "name": login`; empty when the whole file is meant.
	Key string
	// Reason says what is there and what has to be there.
	Reason string
	// Cause is the error of the file system; nil when the content is wrong.
	Cause error
}

// Error implements error.
func (e *CloudsFileError) Error() string {
	s := e.Path
	if e.Line > 0 {
		s += fmt.Sprintf(", line %d", e.Line)
	}
	if e.Key != "" {
		s += ": " + e.Key
	}
	return s + ": " + e.Reason
}

// Unwrap returns the file system's error, for errors.Is.
func (e *CloudsFileError) Unwrap() error { return e.Cause }

// cloudEntry is one [[cloud]] table.
type cloudEntry struct {
	Name                  string `toml:"name"`
	Login                 string `toml:"login"`
	InstanceName          string `toml:"instance_name"`
	PartnerCenter         string `toml:"partner_center"`
	PartnerCenterResource string `toml:"partner_center_resource"`
	PartnerCenterPortal   string `toml:"partner_center_portal"`
	EntraPortal           string `toml:"entra_portal"`
	Graph                 string `toml:"graph"`
	VaultSuffix           string `toml:"vault_suffix"`
	CAFile                string `toml:"ca_file"`
}

// LoadClouds reads a clouds file: a TOML file of at most 64 KiB with one [[cloud]] table for each cloud. The keys name, login,
// instance_name, partner_center, partner_center_resource and graph are required; partner_center_portal, entra_portal, vault_suffix and
// ca_file (relative to the file) are not. Unknown keys are refused. Every error is a *CloudsFileError.
func LoadClouds(path string) ([]Cloud, error) {
	data, err := readLimited(path, maxCloudsFile)
	if err != nil {
		return nil, err
	}
	data, err = plaintext.UTF8(data)
	if err != nil || !utf8.Valid(data) {
		return nil, notUTF8(path)
	}
	if err := refuseRespelled(path, data); err != nil {
		return nil, err
	}
	var file struct {
		Cloud []cloudEntry `toml:"cloud"`
	}
	if err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(&file); err != nil {
		return nil, tomlError(path, err)
	}
	if n := len(file.Cloud); n == 0 || n > maxClouds {
		return nil, &CloudsFileError{Path: path, Key: "cloud", Reason: fmt.Sprintf("there are %d [[cloud]] tables; it takes 1 to %d", n, maxClouds)}
	}
	taken := map[string]string{}
	for _, c := range BuiltinClouds() {
		taken[c.Name] = "a built-in cloud"
	}
	clouds := make([]Cloud, 0, len(file.Cloud))
	for i, entry := range file.Cloud {
		c, err := entry.cloud(path, i)
		if err != nil {
			return nil, err
		}
		if by := taken[c.Name]; by != "" {
			return nil, &CloudsFileError{Path: path, Key: entry.key(i, "name"), Reason: "the name is taken by " + by + "; choose another"}
		}
		taken[c.Name] = "another cloud of this file"
		clouds = append(clouds, c)
	}
	return clouds, nil
}

// readLimited reads a file of at most limit bytes. Its errors are *CloudsFileError.
func readLimited(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &CloudsFileError{Path: path, Reason: "cannot be opened: " + pathReason(err), Cause: err}
	}
	defer func() { _ = f.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, &CloudsFileError{Path: path, Reason: "cannot be read: " + pathReason(err), Cause: err}
	}
	if int64(len(data)) > limit {
		return nil, &CloudsFileError{Path: path, Reason: fmt.Sprintf("is larger than %d KiB", limit>>10)}
	}
	return data, nil
}

func notUTF8(path string) error {
	return &CloudsFileError{Path: path, Reason: "is neither in UTF-8 nor in UTF-16 with a byte order mark; save it as UTF-8"}
}

// pathReason leaves the path out of a file system's error: it is named already.
func pathReason(err error) string {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

func tomlError(path string, err error) error {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) && len(strict.Errors) > 0 {
		line, _ := strict.Errors[0].Position()
		return &CloudsFileError{Path: path, Line: line, Key: strings.Join(strict.Errors[0].Key(), "."), Reason: "this key is not known; remove it or correct its spelling"}
	}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		line, _ := decode.Position()
		reason := "is not valid here: " + strings.TrimPrefix(decode.Error(), "toml: ")
		if strings.Contains(reason, "cannot decode") {
			reason = "has a value of the wrong kind; every value is text in quotes"
		}
		return &CloudsFileError{Path: path, Line: line, Key: strings.Join(decode.Key(), "."), Reason: reason}
	}
	return &CloudsFileError{Path: path, Reason: "is not valid TOML: " + err.Error()}
}

// key names a key of the i-th table for people.
func (e cloudEntry) key(i int, key string) string {
	if e.Name != "" && len(e.Name) <= 64 {
		return fmt.Sprintf("cloud %q: %s", e.Name, key)
	}
	return fmt.Sprintf("cloud %d: %s", i+1, key)
}

// The longest names, in bytes.
const (
	maxCloudName    = 32
	maxInstanceName = 252
)

// cloud checks the i-th table of the file at path. Its errors are *CloudsFileError.
func (e cloudEntry) cloud(path string, i int) (Cloud, error) {
	c := Cloud{Name: e.Name, InstanceName: e.InstanceName, FromFile: true, file: path}
	fail := func(key, reason string) error {
		return &CloudsFileError{Path: path, Key: e.key(i, key), Reason: reason}
	}
	if !isLabel(e.Name, "-", maxCloudName) {
		return Cloud{}, fail("name", "must be 1 to 32 of a-z, 0-9 and -")
	}
	if !isInstanceName(e.InstanceName) {
		return Cloud{}, fail("instance_name", "must be what the cloud's discovery document says in cloud_instance_name, in lower case: a host name, with a port if it has one there")
	}
	for _, f := range []struct {
		key, value string
		check      func(string) (string, string)
		into       *string
	}{
		{"login", e.Login, baseURL, &c.Login},
		{"partner_center", e.PartnerCenter, baseURL, &c.PartnerCenter},
		{"partner_center_resource", e.PartnerCenterResource, resourceURI, &c.PartnerCenterResource},
		{"graph", e.Graph, baseURL, &c.Graph},
		{"partner_center_portal", e.PartnerCenterPortal, pageURL, &c.PartnerCenterPortal},
		{"entra_portal", e.EntraPortal, pageURL, &c.EntraPortal},
		{"vault_suffix", e.VaultSuffix, vaultSuffix, &c.VaultSuffix},
	} {
		value, reason := f.check(f.value)
		if reason != "" {
			return Cloud{}, fail(f.key, reason)
		}
		*f.into = value
	}
	if e.CAFile == "" {
		return c, nil
	}
	c.CAFile = e.CAFile
	if !filepath.IsAbs(c.CAFile) {
		c.CAFile = filepath.Join(filepath.Dir(path), c.CAFile)
	}
	if abs, err := filepath.Abs(c.CAFile); err == nil {
		c.CAFile = abs
	}
	if _, err := readRoots(c.CAFile); err != nil {
		return Cloud{}, fail("ca_file", err.Error())
	}
	return c, nil
}

// isInstanceName reports whether s can be a cloud_instance_name: a host name, and a port behind it where a cloud for trying things out has one.
func isInstanceName(s string) bool {
	host, port, hasPort := strings.Cut(s, ":")
	n, err := strconv.ParseUint(port, 10, 16)
	return isLabel(host, ".-", maxInstanceName) && (!hasPort || err == nil && n > 0 && strconv.FormatUint(n, 10) == port)
}

// readRoots returns a PEM file that has certificates. Its errors are *CloudsFileError.
func readRoots(path string) ([]byte, error) {
	data, err := readLimited(path, maxCAFile)
	if err != nil {
		return nil, err
	}
	data, err = plaintext.UTF8(data)
	if err != nil && !IsDER(data) {
		return nil, notUTF8(path)
	}
	if !x509.NewCertPool().AppendCertsFromPEM(data) {
		return nil, &CloudsFileError{Path: path, Reason: "has no certificate in it; a PEM file is needed"}
	}
	return data, nil
}

// baseURL accepts the base address of a service that this program calls: https, a host, an optional port, nothing else.
func baseURL(s string) (value, reason string) {
	if s == "" {
		return "", "is missing; an https address is needed"
	}
	u, reason := plainURL(s)
	switch {
	case reason != "":
		return "", reason
	case u.Scheme != "https":
		return "", "must begin with https://"
	case u.Path != "" && u.Path != "/":
		return "", "must end after the host name"
	}
	return "https://" + strings.ToLower(u.Host), ""
}

// resourceURI accepts an App ID URI: https:// or api:// with a host. The scope is put behind it with a slash.
func resourceURI(s string) (value, reason string) {
	if s == "" {
		return "", "is missing; the App ID URI of Partner Center is needed"
	}
	u, reason := plainURL(s)
	switch {
	case reason != "":
		return "", reason
	case u.Scheme != "https" && u.Scheme != "api":
		return "", "must begin with https:// or api://"
	}
	return strings.TrimSuffix(s, "/"), ""
}

// vaultSuffix accepts what the names of key vaults end with, or nothing.
func vaultSuffix(s string) (value, reason string) {
	if s != "" && (!isInstanceName(s) || strings.HasPrefix(s, ".")) {
		return "", "must be what the names of the cloud's key vaults end with, in lower case and without a dot before it: a host name, with a port if it has one"
	}
	return s, ""
}

// pageURL accepts the address of a page for people, or nothing: https, or http on a literal loopback address.
func pageURL(s string) (value, reason string) {
	if s == "" {
		return "", ""
	}
	u, reason := plainURL(s)
	switch {
	case reason != "":
		return "", reason
	case u.Scheme != "https" && !IsLoopbackHTTP(u):
		return "", "must begin with https://"
	}
	return s, ""
}

// plainURL parses an address without user info, query, fragment or anything odd in its path.
func plainURL(s string) (u *url.URL, reason string) {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || u.Opaque != "" || strings.ContainsAny(s, " \\\t"):
		return nil, "is not an address"
	case u.User != nil:
		return nil, "must not have a user name in it"
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.HasSuffix(s, "#"):
		return nil, "must not have a query or fragment"
	case u.RawPath != "" || strings.Contains(u.Path, "//") || strings.Contains(u.Path, "/."):
		return nil, "must have a plain path"
	}
	return u, ""
}

// IsLoopbackHTTP reports whether u is http on a literal loopback address, as a practice cloud's browser pages are.
func IsLoopbackHTTP(u *url.URL) bool {
	addr, err := netip.ParseAddr(u.Hostname())
	return u.Scheme == "http" && err == nil && addr.Zone() == "" && addr.Unmap().IsLoopback()
}
