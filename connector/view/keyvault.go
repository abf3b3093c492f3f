package view

import (
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

const askKeyVaultID = "ask-key-vault"

func askKeyVault() Button {
	return Button{ID: askKeyVaultID, Label: text("handover.keyvault.ask"), Event: wizard.AskKeyVault{}}
}

// keyVault is the page on which a connector is handed over to a key vault: the form, what stands there, and what came of it.
func keyVault(s wizard.State, c connector.Connector) (View, []string) {
	f := s.Detail.KeyVault
	v := View{
		Page: "server", Title: text("handover.keyvault.title", "Name", c.Name), Escape: wizard.CloseKeyVault{}, Return: wizard.CloseKeyVault{},
		Footer: Footer{Back: &Button{ID: "back", Label: text("handover.keyvault.back"), Event: wizard.CloseKeyVault{}}},
	}
	if f.Written != nil {
		v.Title, v.Blocks, v.Footer.Back = text("handover.keyvault.title.done", "Name", c.Name), handedOver(s, c), nil
		v.Footer.Main = &Button{ID: "main", Label: text("handover.keyvault.done"), Event: wizard.CloseKeyVault{}, Primary: true}
	} else {
		v.Blocks = blocksOf(
			keyVaultWork(f), keyVaultProblem(c, f), keyVaultPlan(f), keyVaultForeign(f), keyVaultForm(s, c),
		)
		v.Footer.Main = keyVaultMain(f)
	}
	if f.Writing.Running { // it goes on, and what came of it is told at home
		v.Escape, v.Return, v.Footer.Back = wizard.GoHome{}, wizard.GoHome{}, nil
	}
	return v, []string{firstForeign(f), mainAfterPlan(f), string(connector.FieldVault)}
}

// mainAfterPlan is the main button where the form is filled in: what is to be done next is to press it.
func mainAfterPlan(f wizard.KeyVaultForm) string {
	if f.Plan == nil {
		return ""
	}
	return "main"
}

// firstForeign is the input in which the first name is typed again; empty where there is none.
func firstForeign(f wizard.KeyVaultForm) string {
	if f.Plan == nil || f.Problem != nil || len(f.Plan.Foreign()) == 0 {
		return ""
	}
	return string(connector.FieldForeign(f.Plan.Foreign()[0]))
}

// keyVaultMain is to look first, and once that was done to write.
func keyVaultMain(f wizard.KeyVaultForm) *Button {
	b := Button{ID: "main", Label: text("handover.keyvault.look"), Event: wizard.LookInKeyVault{}, Primary: true}
	switch {
	case f.Plan == nil || f.Problem != nil:
	case f.Move:
		b.Label, b.Event = text("handover.keyvault.move.go"), wizard.HandOverToKeyVault{}
	default:
		b.Label, b.Event = text("handover.keyvault.copy.go"), wizard.HandOverToKeyVault{}
	}
	return &b
}

func keyVaultWork(f wizard.KeyVaultForm) []Block {
	switch {
	case f.Looking.Running:
		return blocksOf(
			Busy{ID: "key-vault-busy", Text: reasonText(wizard.ReasonKeyVaultLooking)},
			Actions{Buttons: []Button{{ID: "key-vault-stop", Label: text("handover.keyvault.stop"), Event: wizard.StopLookInKeyVault{}}}},
		)
	case f.Writing.Running:
		return []Block{Busy{ID: "key-vault-busy", Text: reasonText(wizard.ReasonKeyVaultWriting)}}
	}
	return nil
}

func keyVaultProblem(c connector.Connector, f wizard.KeyVaultForm) []Block {
	if f.Problem == nil {
		return nil
	}
	made := card{id: "key-vault-problem", problem: f.Problem, about: aboutConnector(c), app: appOfConnector(c), retry: wizard.LookInKeyVault{}}
	return []Block{made.show()}
}

func keyVaultForm(s wizard.State, c connector.Connector) []Block {
	f := s.Detail.KeyVault
	if f.Writing.Running {
		return nil
	}
	return blocksOf(
		body(text("handover.keyvault.about")), keyVaultAddress(s), keyVaultPrefix(f), keyVaultWay(f), keyVaultSecret(c, f),
		caption(text("handover.keyvault.who")),
	)
}

// keyVaultAddress says what is wrong with the address as soon as there is one, and what is made of a short one.
func keyVaultAddress(s wizard.State) Input {
	f := s.Detail.KeyVault
	in := input(connector.FieldVault, f.Address)
	suffix := s.VaultSuffixes[s.Shown().Tenant.Cloud]
	in.Placeholder = text("field.key-vault.placeholder", "Suffix", suffix)
	in.Hint = text("field.key-vault.hint", "Suffix", suffix)
	switch url, reason := connector.VaultAddress(f.Address, suffix); {
	case reason == connector.ReasonVaultMissing:
	case reason != "":
		in.Error = text("reason."+string(reason), "Suffix", suffix)
	case url != strings.TrimSpace(f.Address):
		in.Good = text("common.name", "Name", url)
	}
	return in
}

func keyVaultPrefix(f wizard.KeyVaultForm) Input {
	in := input(connector.FieldVaultPrefix, f.Prefix)
	in.Hint = text("field.key-vault-prefix.hint", "Prefix", connector.VaultPrefix)
	in.Error = reasonText(connector.VaultPrefixReason(f.Prefix))
	return in
}

func keyVaultWay(f wizard.KeyVaultForm) Choice {
	c := Choice{ID: string(connector.FieldVaultWay), Field: connector.FieldVaultWay, Label: text("field.key-vault-way"), Value: connector.VaultCopy}
	if f.Move {
		c.Value = connector.VaultMove
	}
	for _, way := range []string{connector.VaultCopy, connector.VaultMove} {
		c.Options = append(c.Options, Option{Value: way, Label: text("field.key-vault-way." + way)})
	}
	return c
}

// keyVaultSecret asks whether a copy takes the client secret or certificate along. A public client has none.
func keyVaultSecret(c connector.Connector, f wizard.KeyVaultForm) []Block {
	switch {
	case c.LastingAlone():
		return nil
	case f.Move:
		return []Block{caption(text("handover.keyvault.along." + string(c.ClientKind)))}
	}
	return []Block{Tick{
		ID: string(connector.FieldVaultSecret), Field: connector.FieldVaultSecret, On: f.WithSecret,
		Label: text("field.key-vault-secret." + string(c.ClientKind)), Hint: text("field.key-vault-secret.hint"),
	}}
}

// keyVaultPlan shows the names that would be written, with what stands there.
func keyVaultPlan(f wizard.KeyVaultForm) []Block {
	if f.Plan == nil {
		return nil
	}
	facts := Facts{Items: []FactItem{{ID: "plan-vault", Label: text("detail.vault"), Value: f.Plan.Place.Host()}}}
	names := List{}
	for _, secret := range f.Plan.Secrets {
		name := text("common.name", "Name", secret.Name)
		names.Items = append(names.Items, name)
		facts.Items = append(facts.Items, FactItem{ID: "plan-" + secret.Name, Label: name, Text: PlannedText(secret)})
	}
	if f.Problem != nil { // what is there may not be known
		facts.Items = facts.Items[:1]
		return blocksOf(heading("handover.keyvault.plan"), facts, names)
	}
	blocks := blocksOf(heading("handover.keyvault.plan"), facts)
	if f.Plan.SecretStays {
		blocks = append(blocks, caption(text("handover.keyvault.stays")))
	}
	if !f.Writing.Running {
		blocks = append(blocks, Notice{
			ID: "key-vault-clear", Severity: Good, Title: text("handover.keyvault.clear"), Text: text("handover.keyvault.clear.text"),
		})
	}
	return blocks
}

// PlannedText says what a name in a key vault would get.
func PlannedText(secret connector.PlannedSecret) Text {
	switch {
	case !secret.There:
		return text("handover.keyvault.plan.new")
	case secret.Ours:
		return text("handover.keyvault.plan.ours")
	}
	return text("handover.keyvault.plan.foreign")
}

// keyVaultForeign has the names typed again at which secrets stand that this program did not write.
func keyVaultForeign(f wizard.KeyVaultForm) []Block {
	if f.Plan == nil || f.Problem != nil || f.Writing.Running || len(f.Plan.Foreign()) == 0 {
		return nil
	}
	blocks := blocksOf(Notice{
		ID: "key-vault-foreign", Severity: Warning, Title: text("handover.keyvault.foreign"), Text: text("handover.keyvault.foreign.text"),
	})
	for _, name := range f.Plan.Foreign() {
		field := connector.FieldForeign(name)
		in := Input{ID: string(field), Field: field, Label: text("handover.keyvault.retype", "Name", name), Value: f.Retyped[name]}
		if connector.CleanText(field, in.Value) == name {
			in.Good = text("handover.keyvault.retyped")
		}
		blocks = append(blocks, in)
	}
	return blocks
}

// handedOver says what came of it, and how a server uses it.
func handedOver(s wizard.State, c connector.Connector) []Block {
	f := s.Detail.KeyVault
	way := connector.VaultCopy
	if f.Move {
		way = connector.VaultMove
	}
	done := Notice{
		ID: "key-vault-done", Severity: Good, Title: text("handover.keyvault.done."+way, "Vault", f.Written.Host()),
		Text: text("handover.keyvault.done." + way + ".text"),
	}
	if s.Rehearsal == nil && lacksSecret(c, *f.Written) { // a server can't use it by the command below
		done.Severity = Info
	}
	return blocksOf(done, onServer(s, c, *f.Written))
}

// lacksSecret reports whether the command on a server would miss the client secret or certificate at a place in a key vault.
func lacksSecret(c connector.Connector, place connector.VaultPlace) bool {
	return !c.LastingAlone() && !place.WithSecret
}

// onServer is how a server gets its access tokens from a place in a key vault. The terminal program does not know the practice cloud's.
func onServer(s wizard.State, c connector.Connector, place connector.VaultPlace) []Block {
	if s.Rehearsal != nil {
		return blocksOf(heading("handover.keyvault.server"), caption(text("detail.command.rehearsal")))
	}
	lacking := lacksSecret(c, place)
	warning := []Block{}
	if lacking {
		warning = append(warning, Notice{
			ID: "server-no-secret", Severity: Warning, Title: text("handover.keyvault.server.no-secret"),
			Text: text("handover.keyvault.server.no-secret." + string(c.ClientKind)),
		})
	}
	return blocksOf(
		heading("handover.keyvault.server"), warning,
		Facts{Items: []FactItem{{ID: "fact-server-command", Label: text("detail.command"), Value: ServerCommand(c, place), Copy: !lacking}}},
		body(text("handover.keyvault.server.text")),
	)
}

// ServerCommand is the command by which a server gets an access token from a place in a key vault. The vault's address tells its cloud.
func ServerCommand(c connector.Connector, place connector.VaultPlace) string {
	command := "pcc token --vault " + place.URL + " --prefix " + place.Prefix + " " + place.Name
	if c.Tenant.CloudFromFile {
		command += " --clouds FILE"
	}
	return command
}

// keptInVault says of a connector that its credential is in a key vault, or was taken back from one.
func keptInVault(c connector.Connector) []Block {
	switch {
	case c.Origin == connector.OriginVault && c.Vault != nil:
		return []Block{Notice{
			ID: "in-key-vault", Severity: Info, Title: text("origin.vault", "Vault", c.Vault.Host()), Text: text("origin.vault.text"),
			Buttons: []Button{takeBackButton()},
		}}
	case c.Origin == connector.OriginTaken:
		return []Block{Notice{ID: "taken-back", Severity: Info, Title: text("origin.taken"), Text: text("origin.taken.text")}}
	}
	return nil
}

// earlierCopies says which copies do not have what was renewed here.
func earlierCopies(c connector.Connector) []Block {
	hosts := c.EarlierIn()
	if len(hosts) == 0 {
		return nil
	}
	return []Block{Notice{
		ID: "earlier-copies", Severity: Warning, Title: text("detail.copies.earlier", "Vault", strings.Join(hosts, ", ")), Text: text("detail.copies.earlier.text"),
	}}
}

const askTakeBackID = "ask-take-back"

func takeBackButton() Button {
	return Button{ID: askTakeBackID, Label: text("detail.take-back"), Event: wizard.AskTakeBack{}}
}

// takingBack asks before it takes the credential back, and says what stays.
func takingBack(c connector.Connector, d wizard.Detail) []Block {
	if !d.TakingBack || c.Vault == nil {
		return nil
	}
	return []Block{Notice{
		ID: "take-back", Severity: Warning, Title: text("detail.take-back.title", "Name", c.Name), Text: text("detail.take-back.text", "Vault", c.Vault.Host()),
		Buttons: []Button{
			{ID: "take-back-go", Label: text("detail.take-back"), Event: wizard.TakeBack{}, Primary: true},
			{ID: "take-back-cancel", Label: text("common.cancel"), Event: wizard.CancelDetail{}},
		},
	}}
}

// keyVaults are the places in key vaults where the credential is, or copies of it are, and how a server uses the newest.
func keyVaults(s wizard.State, c connector.Connector) []Block {
	places := c.InVaults()
	if len(places) == 0 {
		return nil
	}
	return []Block{Fold{
		ID: "vaults", Title: text("detail.vaults"), Blocks: blocksOf(Facts{Items: KeyVaultFacts(c)}, onServer(s, c, places[len(places)-1])),
	}}
}

// KeyVaultFacts are the places in key vaults where the credential of a connector is, or copies of it are.
func KeyVaultFacts(c connector.Connector) []FactItem {
	facts := []FactItem{}
	for _, p := range c.InVaults() {
		facts = append(facts, FactItem{
			ID:    "fact-key-vault-" + p.Host() + "-" + p.Prefix + "-" + p.Name,
			Label: text("detail.vault"), Text: text("detail.vault.place", "Vault", p.Host(), "Names", p.Prefix+"-"+p.Name, "At", p.At),
		})
	}
	return facts
}
