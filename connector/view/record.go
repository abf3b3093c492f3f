package view

import (
	"path/filepath"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// closeRecord is what Esc does where the consent record is being saved; nil where it is not.
func closeRecord(f wizard.RecordForm) wizard.Event {
	switch {
	case f.Folders != nil:
		return wizard.CloseFolders{}
	case f.Open:
		return wizard.CloseRecord{}
	}
	return nil
}

const askRecordID = "ask-record"

// recordOpener is the button that opened the question where to save the consent record; empty where that is not asked.
func recordOpener(f wizard.RecordForm) string {
	if f.Open {
		return askRecordID
	}
	return ""
}

func askRecord() Button {
	return Button{ID: askRecordID, Label: text("record.ask"), Event: wizard.AskRecord{}}
}

// recording asks for the file of the consent record.
func recording(s wizard.State) []Block {
	f := s.Record
	if !f.Open {
		return nil
	}
	in := input(connector.FieldRecord, f.Path)
	switch f.Reason {
	case "", wizard.ReasonRecordExists:
	case wizard.ReasonRecordFailed:
		in.Error = text("reason.record-failed", "Raw", f.Raw)
	default:
		in.Error = reasonText(f.Reason)
	}
	in.Buttons = []Button{
		{ID: "record-save", Label: text("record.save"), Event: wizard.SaveRecord{}, Primary: true},
	}
	return blocksOf(in, recordBusy(f), recordExists(f), recordWays(f))
}

// recordBusy says what the disk is asked for: a network drive may take its time.
func recordBusy(f wizard.RecordForm) []Block {
	switch {
	case f.Work.Running:
		return []Block{Busy{ID: "record-busy", Text: text("reason.record-saving")}}
	case f.Listing.Running:
		return []Block{Busy{ID: "record-busy", Text: text("reason.record-listing")}}
	}
	return nil
}

// recordWays are what else can be done: another folder, or nothing at all.
func recordWays(f wizard.RecordForm) []Block {
	if f.Folders != nil {
		return folders(*f.Folders)
	}
	return []Block{Actions{Buttons: []Button{
		{ID: "record-folder", Label: text("record.folder"), Event: wizard.BrowseFolder{}},
		{ID: "record-cancel", Label: text("common.cancel"), Event: wizard.CloseRecord{}},
	}}}
}

// folders are those that can be gone to, one by one, until the right one is there.
func folders(list connector.FolderList) []Block {
	use := []Button{{ID: "folder-use", Label: text("record.folder.use"), Event: wizard.UseFolder{}, Primary: true}}
	if list.Parent != "" {
		use = append(use, Button{ID: "folder-up", Label: text("record.folder.up"), Event: wizard.BrowseFolder{Path: list.Parent}})
	}
	use = append(use, Button{ID: "folder-close", Label: text("record.folder.close"), Event: wizard.CloseFolders{}})
	into := []Button{}
	for _, name := range list.Names {
		into = append(into, Button{
			ID: "folder-" + name + "/", Label: text("record.folder.open", "Name", name),
			Event: wizard.BrowseFolder{Path: filepath.Join(list.Path, name)},
		})
	}
	blocks := blocksOf(Facts{Items: []FactItem{{ID: "folder", Label: text("record.folder.here"), Value: list.Path}}}, Actions{Buttons: use})
	if len(into) > 0 {
		blocks = append(blocks, Actions{Buttons: into})
	}
	if list.More {
		blocks = append(blocks, caption(text("record.folder.more")))
	}
	return blocks
}

// recordExists asks before a file is replaced.
func recordExists(f wizard.RecordForm) []Block {
	if f.Reason != wizard.ReasonRecordExists {
		return nil
	}
	return []Block{Notice{
		ID: "record-exists", Severity: Warning, Title: text("record.exists"), Text: text("record.exists.text"),
		Buttons: []Button{{ID: "record-replace", Label: text("record.replace"), Event: wizard.SaveRecord{Replace: true}, Danger: true}},
	}}
}
