package wizard

import (
	"reflect"
	"testing"

	"partner-center-connector/connector"
)

func TestConsentRecordOfASavedConnector(t *testing.T) {
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, ClientID: clientID}
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{c}}, AskRecord{})
	if has[SuggestRecord](m) || m.state.Record.Open {
		t.Fatal("a record of nothing")
	}
	m.send(OpenConnector{"c"}, AskRecord{})
	if e := effect[SuggestRecord](m); e.Connector.ID != "c" {
		t.Fatalf("a file for %q", e.Connector.ID)
	}
	m.send(SaveRecord{})
	if has[WriteRecord](m) || m.state.Record.RecordReason() != ReasonRecordPath {
		t.Fatal("written to no file")
	}
	m.send(RecordSuggested{"c", "/home/me/record.txt"}, SaveRecord{})
	e := effect[WriteRecord](m)
	if m.send(SaveRecord{}); has[WriteRecord](m) {
		t.Fatal("written twice at once")
	}
	if e.Path != "/home/me/record.txt" || e.Replace || e.Attempt != m.state.Record.Work.Attempt {
		t.Fatalf("%+v", e)
	}
	m.send(Edited{connector.FieldRecord, "/elsewhere"}, RecordDone{Attempt: e.Attempt, Reason: ReasonRecordExists})
	if f := m.state.Record; f.Path != "/home/me/record.txt" || f.Work.Running || f.Reason != ReasonRecordExists {
		t.Fatalf("%+v", f)
	}
	m.send(SaveRecord{Replace: true})
	again := effect[WriteRecord](m)
	if !again.Replace || again.Attempt == e.Attempt {
		t.Fatalf("%+v", again)
	}
	m.send(RecordDone{Attempt: e.Attempt, Path: "/late"})
	if m.state.Said != nil {
		t.Fatal("the outcome of a superseded attempt counts")
	}
	m.send(RecordDone{Attempt: again.Attempt, Path: "/home/me/record.txt"})
	if f := m.state.Record; f.Open || !reflect.DeepEqual(m.state.Said, &Said{What: SaidRecord, Path: "/home/me/record.txt"}) {
		t.Fatalf("%+v, %+v", f, m.state.Said)
	}
	m.send(GoHome{})
	if m.state.Record != (RecordForm{}) {
		t.Fatalf("left behind: %+v", m.state.Record)
	}
}

func TestChoosingTheFolder(t *testing.T) {
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, ClientID: clientID}
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{c}}, OpenConnector{"c"}, BrowseFolder{})
	if has[ListFolders](m) {
		t.Fatal("folders for no file")
	}
	m.send(AskRecord{}, Edited{connector.FieldRecord, "/home/me/mine.json"}, BrowseFolder{})
	first := effect[ListFolders](m)
	m.send(BrowseFolder{Path: "/home"})
	second := effect[ListFolders](m)
	if first.Path != "/home/me/mine.json" || second.Path != "/home/mine.json" {
		t.Fatalf("%q, then %q", first.Path, second.Path)
	}
	m.send(FoldersListed{Attempt: first.Attempt, List: connector.FolderList{Path: "/home/me"}})
	if m.state.Record.Folders != nil {
		t.Fatal("a late list counts")
	}
	m.send(FoldersListed{Attempt: second.Attempt, List: connector.FolderList{Path: "/home"}}, UseFolder{})
	if f := m.state.Record; f.Path != "/home/mine.json" || f.Folders != nil {
		t.Fatalf("%+v", f)
	}
}

func TestASuggestionDoesNotReplaceWhatWasTyped(t *testing.T) {
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, ClientID: clientID}
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{c}}, OpenConnector{"c"}, AskRecord{}, Edited{connector.FieldRecord, "mine.json"})
	m.send(RecordSuggested{"c", "/home/me/record.txt"})
	if m.state.Record.Path != "mine.json" {
		t.Fatalf("%q", m.state.Record.Path)
	}
	m.send(CloseRecord{}, AskRecord{}, RecordSuggested{"another", "/another.txt"})
	if m.state.Record.Path != "" {
		t.Fatalf("%q is another connector's", m.state.Record.Path)
	}
	m.send(CloseRecord{}, RecordSuggested{"c", "/late"})
	if m.state.Record != (RecordForm{}) {
		t.Fatalf("%+v", m.state.Record)
	}
}
