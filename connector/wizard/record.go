package wizard

import (
	"path/filepath"
	"strings"

	"partner-center-connector/connector"
)

// Recorded is the connector whose consent record can be saved now: the one that is shown, or was just saved; nil for none.
func (s State) Recorded() *connector.Connector {
	switch s.Screen {
	case ScreenConnector:
		return s.Shown()
	case ScreenWizard:
		return s.Wizard.Saved
	default:
		return nil
	}
}

func (m Machine) record(s State, e Event) (State, []Effect) {
	c := s.Recorded()
	if c == nil {
		return s, nil
	}
	f := &s.Record
	switch e := e.(type) {
	case AskRecord:
		if f.Open || !c.Can().Record {
			return s, nil
		}
		s.Record = RecordForm{Open: true}
		return s, []Effect{SuggestRecord{Connector: *c}}
	case RecordSuggested:
		if f.Open && f.Path == "" {
			f.Path = e.Path
		}
	case CloseRecord:
		s.Record = RecordForm{Written: f.Written}
	case SaveRecord:
		return saveRecord(s, *c, e.Replace)
	case BrowseFolder:
		return browse(s, e.Path)
	case FoldersListed:
		if f.Open && e.Attempt == f.Listing.Attempt {
			f.Listing, f.Folders = Work{}, &e.List
		}
	case UseFolder:
		if f.Folders != nil {
			f.Path = filepath.Join(f.Folders.Path, fileName(f.Path))
			f.Folders, f.Reason, f.Raw = nil, "", ""
		}
	case CloseFolders:
		f.Folders, f.Listing = nil, Work{}
	case RecordDone:
		return recordDone(s, e), nil
	}
	return s, nil
}

// browse asks for the folders of a folder.
func browse(s State, folder string) (State, []Effect) {
	if !s.Record.Open || s.Record.Work.Running {
		return s, nil
	}
	path := strings.TrimSpace(s.Record.Path)
	if folder != "" {
		path = filepath.Join(folder, fileName(path))
	}
	s, n := attempt(s)
	s.Record.Listing = Work{Attempt: n, Running: true}
	return s, []Effect{ListFolders{Attempt: n, Path: path}}
}

// fileName is the name of the file that was typed, or a name like it.
func fileName(path string) string {
	name := filepath.Base(strings.TrimSpace(path))
	if name == "." || name == string(filepath.Separator) {
		return "consent-record.txt"
	}
	return name
}

func recordPathTyped(s State, path string) State {
	if s.Record.Open && !s.Record.Work.Running {
		s.Record = RecordForm{Open: true, Path: path, Written: s.Record.Written}
	}
	return s
}

// RecordReason says why the consent record can't be written to what was typed; empty if it can be tried.
func (f RecordForm) RecordReason() Reason {
	if strings.TrimSpace(f.Path) == "" {
		return ReasonRecordPath
	}
	return ""
}

func saveRecord(s State, c connector.Connector, replace bool) (State, []Effect) {
	if !s.Record.Open || s.Record.Work.Running || s.Record.RecordReason() != "" {
		return s, nil
	}
	s, n := attempt(s)
	s.Record.Work = Work{Attempt: n, Running: true}
	s.Record.Reason, s.Record.Raw = "", ""
	return s, []Effect{WriteRecord{Attempt: n, Connector: c, Path: strings.TrimSpace(s.Record.Path), Replace: replace}}
}

func recordDone(s State, e RecordDone) State {
	if e.Attempt != s.Record.Work.Attempt {
		return s
	}
	if e.Reason == "" {
		s.Record = RecordForm{Written: e.Path}
		return s
	}
	s.Record.Work.Running = false
	s.Record.Reason, s.Record.Raw = e.Reason, e.Raw
	return s
}
