package wizard

import (
	"path/filepath"
	"strings"

	"partner-center-connector/connector"
)

// Recorded is the connector whose consent record can be saved now: the one that is shown, or was just saved; nil for none.
func (s State) Recorded() *connector.Connector {
	switch s.beneath() {
	case ScreenConnector:
		return s.Shown()
	case ScreenWizard:
		return s.Wizard.Saved
	default:
		return nil
	}
}

func (AskRecord) blocked(s State) Reason {
	switch {
	case !s.Recorded().Can().Record, s.Detail.KeyVault.Open:
		return ReasonGone
	case s.Record.Open:
		return ReasonQuestion
	}
	return ""
}

func (AskRecord) next(s State) (State, []Effect) {
	s.Record = RecordForm{Open: true}
	return s, []Effect{SuggestRecord{Connector: *s.Recorded()}}
}

func (e RecordSuggested) next(s State) (State, []Effect) {
	if c := s.Recorded(); s.Record.Open && s.Record.Path == "" && c.ID == e.ID {
		s.Record.Path = e.Path
	}
	return s, nil
}

func (CloseRecord) blocked(s State) Reason { return goneUnless(s.Record.Open) }

func (CloseRecord) next(s State) (State, []Effect) {
	s.Record = RecordForm{}
	return s, nil
}

func (e FoldersListed) next(s State) (State, []Effect) {
	if s.Record.Open && e.Attempt == s.Record.Listing.Attempt {
		s.Record.Listing, s.Record.Folders = Work{}, &e.List
	}
	return s, nil
}

func (UseFolder) blocked(s State) Reason { return goneUnless(s.Record.Folders != nil) }

func (UseFolder) next(s State) (State, []Effect) {
	f := &s.Record
	f.Path = filepath.Join(f.Folders.Path, fileName(f.Path))
	f.Folders, f.Reason, f.Raw = nil, "", ""
	return s, nil
}

func (CloseFolders) blocked(s State) Reason {
	return goneUnless(s.Record.Folders != nil || s.Record.Listing.Running)
}

func (CloseFolders) next(s State) (State, []Effect) {
	s.Record.Folders, s.Record.Listing = nil, Work{}
	return s, nil
}

func (e BrowseFolder) blocked(s State) Reason {
	f := s.Record
	if r := f.pathBlocked(); r != "" || e.Path != "" || !f.Listing.Running {
		return r
	}
	return ReasonRecordListing
}

// next asks for the folders of a folder.
func (e BrowseFolder) next(s State) (State, []Effect) {
	path := strings.TrimSpace(s.Record.Path)
	if e.Path != "" {
		path = filepath.Join(e.Path, fileName(path))
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

// pathBlocked returns why another file can't be named now.
func (f RecordForm) pathBlocked() Reason {
	switch {
	case !f.Open:
		return ReasonGone
	case f.Work.Running:
		return ReasonRecordSaving
	}
	return ""
}

func recordPathTyped(s State, path string) State {
	s.Record = RecordForm{Open: true, Path: path}
	return s
}

// RecordReason returns why the consent record can't be written to what was typed; empty if it can be tried.
func (f RecordForm) RecordReason() Reason {
	if strings.TrimSpace(f.Path) == "" {
		return ReasonRecordPath
	}
	return ""
}

func (SaveRecord) blocked(s State) Reason {
	if !s.Recorded().Can().Record {
		return ReasonGone
	}
	if r := s.Record.pathBlocked(); r != "" {
		return r
	}
	return s.Record.RecordReason()
}

func (e SaveRecord) next(s State) (State, []Effect) {
	s, n := attempt(s)
	s.Record.Work = Work{Attempt: n, Running: true}
	s.Record.Reason, s.Record.Raw = "", ""
	return s, []Effect{WriteRecord{Attempt: n, Connector: *s.Recorded(), Path: strings.TrimSpace(s.Record.Path), Replace: e.Replace}}
}

func (e RecordDone) next(s State) (State, []Effect) {
	if e.Attempt != s.Record.Work.Attempt {
		return s, nil
	}
	if e.Reason == "" {
		s.Record = RecordForm{}
		return s.says(Said{What: SaidRecord, Path: e.Path}), nil
	}
	s.Record.Work.Running = false
	s.Record.Reason, s.Record.Raw = e.Reason, e.Raw
	return s, nil
}
