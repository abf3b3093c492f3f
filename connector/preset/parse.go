package preset

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/plaintext"
)

// Longest values: a product's name in characters, an address in bytes.
const (
	maxProduct = 60
	maxSupport = 300
	maxNamed   = 40
)

// The keys.
const (
	keyProduct  = "product"
	keySupport  = "support"
	keyClientID = "client-id"
	keyKind     = "kind"
	keyRedirect = "redirect-path"
	keyScopes   = "scopes"
	keyRole     = "role"
	keyLocked   = "locked"
)

// fields are the inputs that the keys fill in, which are those that can be locked.
var fields = map[string]connector.Field{
	keyClientID: connector.FieldClientID, keyKind: connector.FieldClientKind, keyRedirect: connector.FieldRedirectPath, keyScopes: connector.FieldWithGroups,
	keyRole: connector.FieldRole,
}

// lockable are those keys in the order in which they are named; plainKeys are all but those of the table.
var (
	lockable  = []string{keyClientID, keyKind, keyRedirect, keyScopes, keyRole}
	plainKeys = slices.Concat([]string{keyProduct, keySupport}, lockable, []string{keyLocked})
)

// entry is a key with its value: a text, a list of texts, or yes or no. The head of a table is one too, without a value.
type entry struct {
	// key has the name of the table before it, if it is in one.
	key  string
	line int
	text string
	list []string
	yes  bool
}

// parse reads a preset: TOML with the keys product, support, client-id, kind, redirect-path, scopes, role and locked, and a table links, none
// of which is needed. Everything else is refused. Every error is a *fault.
func parse(data []byte) (connector.Preset, error) {
	entries, err := entriesOf(data)
	if err != nil {
		return connector.Preset{}, err
	}
	p := connector.Preset{}
	for _, e := range entries {
		if err := e.into(&p); err != nil {
			return connector.Preset{}, err
		}
	}
	if err := complete(p.Links, entries); err != nil {
		return connector.Preset{}, err
	}
	for _, e := range entries {
		if e.key != keyLocked {
			continue
		}
		if err := e.lock(&p); err != nil {
			return connector.Preset{}, err
		}
	}
	return p, nil
}

func entriesOf(data []byte) ([]entry, error) {
	data, err := plaintext.UTF8(data)
	if err != nil || !utf8.Valid(data) {
		return nil, &fault{reason: connector.PresetEncoding}
	}
	if err := toml.Unmarshal(data, &map[string]any{}); err != nil {
		return nil, syntaxFault(err)
	}
	parser := unstable.Parser{}
	parser.Reset(data)
	entries, table := []entry{}, ""
	for parser.NextExpression() {
		node := parser.Expression()
		e, err := entryOf(&parser, node, table)
		if err != nil {
			return nil, err
		}
		if node.Kind == unstable.Table {
			table = e.key + "."
		}
		entries = append(entries, e)
	}
	if err := parser.Error(); err != nil {
		return nil, syntaxFault(err)
	}
	return entries, nil
}

func syntaxFault(err error) error {
	f := &fault{reason: connector.PresetSyntax, cause: err}
	var at *toml.DecodeError
	if errors.As(err, &at) {
		f.line, _ = at.Position()
	}
	return f
}

// entryOf takes a line apart. A table but that of the links is refused by its name.
func entryOf(parser *unstable.Parser, node *unstable.Node, table string) (entry, error) {
	e := entry{}
	parts := []string{}
	for key := node.Key(); key.Next(); {
		if e.line == 0 {
			e.line = parser.Shape(key.Node().Raw).Start.Line
		}
		parts = append(parts, part(string(key.Node().Data)))
	}
	e.key = strings.Join(parts, ".")
	if node.Kind == unstable.KeyValue {
		e.key = table + e.key
	}
	if err := e.known(); err != nil {
		return entry{}, err
	}
	if node.Kind != unstable.KeyValue {
		if e.key != tableLinks || node.Kind != unstable.Table {
			return entry{}, e.fault(connector.PresetType)
		}
		return e, nil
	}
	if err := e.take(node.Value()); err != nil {
		return entry{}, err
	}
	return e, nil
}

// part is a part of a key. One that has a dot itself, in quotes, must not look like two.
func part(name string) string {
	if strings.Contains(name, ".") {
		return strconv.Quote(name)
	}
	return name
}

// credentialWords are in the names of everything that must never be in a file which goes to many.
var credentialWords = []string{"secret", "certificate", "password", "token", "private", "pem", "pfx", "credential", "thumbprint"}

func (e *entry) known() error {
	if e.key == tableLinks || slices.Contains(plainKeys, e.key) || slices.Contains(linkKeys, e.key) {
		return nil
	}
	lower := strings.ToLower(e.key)
	inTable := strings.HasPrefix(e.key, tableLinks+".")
	e.key = Printable(e.key)
	if slices.ContainsFunc(credentialWords, func(word string) bool { return strings.Contains(lower, word) }) {
		return e.fault(connector.PresetCredential)
	}
	f := e.fault(connector.PresetKey)
	f.known = strings.Join(append(slices.Clone(plainKeys), "["+tableLinks+"]"), ", ")
	if inTable {
		f.known = strings.Join(linkKeys, ", ")
	}
	return f
}

// take takes the value, if it is of the kind that the key has.
func (e *entry) take(value *unstable.Node) error {
	switch {
	case e.key == tableLinks: // it is a table, which has no value of its own
		return e.fault(connector.PresetType)
	case e.key == keyMFAEnforced:
		if value.Kind != unstable.Bool {
			return e.fault(connector.PresetType)
		}
		e.yes = string(value.Data) == "true"
		return nil
	case slices.Contains([]string{keyScopes, keyLocked, keyPath, keyRedirectHosts}, e.key):
		return e.takeList(value)
	case value.Kind != unstable.String:
		return e.fault(connector.PresetType)
	}
	e.text = string(value.Data)
	return nil
}

func (e *entry) takeList(value *unstable.Node) error {
	if value.Kind != unstable.Array {
		return e.fault(connector.PresetType)
	}
	for items := value.Children(); items.Next(); {
		item := items.Node()
		if item.Kind == unstable.Comment {
			continue
		}
		if item.Kind != unstable.String {
			return e.fault(connector.PresetType)
		}
		e.list = append(e.list, string(item.Data))
	}
	return nil
}

func (e *entry) fault(reason connector.PresetFault) *fault {
	return &fault{reason: reason, line: e.line, key: e.key}
}

// into puts the value into the preset.
func (e *entry) into(p *connector.Preset) error {
	if e.key == tableLinks || slices.Contains(linkKeys, e.key) {
		return e.intoLinks(p)
	}
	good, reason := true, connector.PresetType
	switch text := strings.TrimSpace(e.text); e.key {
	case keyProduct:
		p.Product, good, reason = text, isName(text), connector.PresetProduct
	case keySupport:
		p.Support, good, reason = text, isPage(text), connector.PresetSupport
	case keyClientID:
		p.ClientID, good, reason = strings.ToLower(text), connector.ValidClientID(text), connector.PresetClientID
	case keyKind:
		p.ClientKind, reason = auth.ClientKind(text), connector.PresetClientKind
		good = slices.Contains([]auth.ClientKind{auth.PublicClient, auth.SecretClient, auth.CertificateClient}, p.ClientKind)
	case keyRedirect:
		p.RedirectPath = connector.RedirectPathOf(text)
		good, reason = connector.ValidRedirectPath(p.RedirectPath), connector.PresetRedirect
	case keyScopes:
		return e.scopes(p)
	case keyRole:
		role, err := e.role()
		if err != nil {
			return err
		}
		p.Role = role
	}
	if !good {
		return e.fault(reason)
	}
	if f, ok := fields[e.key]; ok {
		p.Given = append(p.Given, f)
	}
	return nil
}

// scopes takes a list of permissions. It may have those that every connector needs, which are asked for in any case.
func (e *entry) scopes(p *connector.Preset) error {
	for _, name := range e.list {
		switch {
		case name == auth.GroupScope:
			p.WithGroups = true
		case slices.Contains(auth.MoreScopes(), name):
			p.Scopes = connector.WithScope(p.Scopes, name, true)
		case !slices.Contains(auth.NeededScopes(), name):
			f := e.fault(connector.PresetScope)
			all := slices.Concat(auth.NeededScopes(), []string{auth.GroupScope}, auth.MoreScopes())
			f.value, f.known = Printable(name), strings.Join(all, ", ")
			return f
		}
	}
	p.Given = append(p.Given, connector.FieldWithGroups)
	return nil
}

// role takes the role that the product needs. One that is not known is named, with those that are.
func (e *entry) role() (connector.Role, error) {
	role := connector.Role(strings.TrimSpace(e.text))
	if role.Known() {
		return role, nil
	}
	f := e.fault(connector.PresetRole)
	names := []string{}
	for _, r := range connector.Roles {
		names = append(names, string(r))
	}
	f.value, f.known = Printable(string(role)), strings.Join(names, ", ")
	return "", f
}

func (e *entry) lock(p *connector.Preset) error {
	for _, key := range e.list {
		f, ok := fields[key]
		reason := connector.PresetLock
		if ok {
			reason = connector.PresetLockEmpty
		}
		if !ok || !p.Gives(f) {
			bad := e.fault(reason)
			bad.value, bad.known = Printable(key), strings.Join(lockable, ", ")
			return bad
		}
		if !slices.Contains(p.Locked, f) {
			p.Locked = append(p.Locked, f)
		}
	}
	return nil
}

// Printable makes a name from the file fit to be shown.
func Printable(name string) string {
	runes := []rune(name)
	if len(runes) > maxNamed {
		runes = append(runes[:maxNamed], '…')
	}
	for i, r := range runes {
		if !unicode.IsPrint(r) {
			runes[i] = '?'
		}
	}
	return string(runes)
}

func isName(text string) bool { return isLine(text, maxProduct) }

// isLine reports whether text is one line of at most so many characters, all of which can be seen.
func isLine(text string, most int) bool {
	return text != "" && utf8.RuneCountInString(text) <= most && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}

// isPage reports whether text is the https address of a page for people.
func isPage(text string) bool {
	u, err := url.Parse(text)
	return err == nil && len(text) <= maxSupport && u.Scheme == "https" && u.Hostname() != "" && u.User == nil && u.Opaque == "" &&
		!strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"<>\^`+"`{|}", r) })
}
