package view

import (
	"path/filepath"

	"partner-center-connector/connector/wizard"
)

// SaidID is the notice that confirms what the person did last. It is the same on every screen, so that the two of which one follows the other at
// once are one card whose words change.
const SaidID = "said"

// withSaid puts it on top of a screen.
func withSaid(said *wizard.Said, blocks []Block) []Block {
	if said == nil {
		return blocks
	}
	return append([]Block{saidNotice(*said)}, blocks...)
}

func saidNotice(said wizard.Said) Notice {
	n := Notice{ID: SaidID, Severity: Good, Title: text("said."+string(said.What), "Name", said.Name), Buttons: fileButtons(said.Path)}
	switch said.What {
	case wizard.SaidConsentStopped, wizard.SaidLinkStopped, wizard.SaidLookStopped, wizard.SaidRenewalLeft:
		n.Severity, n.Text = Info, text("said."+string(said.What)+".text", "Name", said.Name)
	case wizard.SaidRemoved, wizard.SaidDraftKept, wizard.SaidAdminGiven:
		n.Text = text("said." + string(said.What) + ".text")
	case wizard.SaidRecord, wizard.SaidScript, wizard.SaidReport:
		n.Text = text("said."+string(said.What)+".text", "Path", said.Path)
	case wizard.SaidCheckStopped, wizard.SaidCheckedAll:
		n.Title, n.Text = text("said."+string(said.What), "Done", said.Done, "All", said.Total), unchecked(said.Unchecked)
		if said.Unchecked > 0 {
			n.Severity = Warning
		}
	case wizard.SaidChecked:
		n.Title, n.Text = text("said.checked", "At", said.At), changesText(said.Changes)
		if len(said.Changes) > 0 {
			n.Severity = Info
		}
	case wizard.SaidPlays:
		n.Title = text("said.plays", "Scenario", text("rehearsal.scenario."+said.Name))
	default:
	}
	return n
}

// unchecked says how many connectors could not be checked; empty for none.
func unchecked(count int) Text {
	if count == 0 {
		return Text{}
	}
	return text("said.unchecked", "Count", count)
}

// changesText says what checks came to that is not as it was before.
func changesText(changes []wizard.CheckChange) Text {
	if len(changes) == 0 {
		return text("said.checked.nothing")
	}
	all := changeText(changes[0])
	for _, c := range changes[1:] {
		all = text("said.and", "One", all, "Other", changeText(c))
	}
	return all
}

func changeText(c wizard.CheckChange) Text {
	return text("said.checked.change", "Check", text("check."+string(c.ID)+".title"),
		"Before", text("check-state."+string(c.Before)), "After", text("check-state."+string(c.After)))
}

// fileButtons are what can be done with a file that was written.
func fileButtons(path string) []Button {
	if path == "" {
		return nil
	}
	return []Button{
		{ID: "said-open", Label: text("said.open"), Command: CommandOpenFile, Topic: path},
		{ID: "said-folder", Label: text("said.folder"), Command: CommandOpenFolder, Topic: filepath.Dir(path)},
		{ID: "said-copy", Label: text("said.copy"), Copy: path},
	}
}
