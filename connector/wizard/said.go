package wizard

import (
	"time"

	"partner-center-connector/connector"
)

// SaidWhat is what was done.
type SaidWhat string

// What is said of what the person did.
const (
	SaidRemoved        SaidWhat = "removed"
	SaidRenamed        SaidWhat = "renamed"
	SaidTakenBack      SaidWhat = "taken-back"
	SaidChecked        SaidWhat = "checked"
	SaidCheckedAll     SaidWhat = "checked-all"
	SaidCheckStopped   SaidWhat = "check-stopped"
	SaidLookStopped    SaidWhat = "look-stopped"
	SaidSaved          SaidWhat = "saved"
	SaidDraftKept      SaidWhat = "draft-kept"
	SaidRenewalLeft    SaidWhat = "renewal-left"
	SaidDiscarded      SaidWhat = "discarded"
	SaidAdminGiven     SaidWhat = "admin-given"
	SaidConsentStopped SaidWhat = "consent-stopped"
	SaidLinkStopped    SaidWhat = "link-stopped"
	SaidLinkForgotten  SaidWhat = "link-forgotten"
	SaidRecord         SaidWhat = "record"
	SaidScript         SaidWhat = "script"
	SaidReport         SaidWhat = "report"
	SaidSettings       SaidWhat = "settings"
	SaidScheduled      SaidWhat = "scheduled"
	SaidUnscheduled    SaidWhat = "unscheduled"
	SaidPlays          SaidWhat = "plays"
)

// Said confirms what the person did last, once it is done. It goes with the next thing that they do, or with the screen.
type Said struct {
	What SaidWhat
	// Name is what the connector, draft or scenario is called; empty where it has no name yet.
	Name string
	// Path is the file that was written.
	Path string
	// At is when it was done, where that is told; zero elsewhere.
	At time.Time
	// Changes are what checks came to that is not as it was before.
	Changes []CheckChange
	// Done counts the connectors whose checks have ended, of Total; Unchecked those of them that could not be checked.
	Done, Total, Unchecked int
}

// CheckChange is a check that came to something else than the time before.
type CheckChange struct {
	ID            connector.CheckID
	Before, After connector.CheckState
}

// says returns the state that says it.
func (s State) says(said Said) State {
	s.Said = &said
	return s
}

// saysHere returns the state that says it if a screen is still shown: whoever went on meanwhile does something else.
func (s State) saysHere(screen Screen, said Said) State {
	if s.Screen != screen {
		return s
	}
	return s.says(said)
}

// saysSaved returns the state that says in which file something was saved; an empty path is none.
func (s State) saysSaved(what SaidWhat, path string) State {
	if path == "" {
		return s
	}
	return s.says(Said{What: what, Path: path})
}

// saidOfStop is what is said where a wait was stopped. A consent by another product's link goes to that product all the same.
func saidOfStop(step connector.Step) SaidWhat {
	if step == connector.StepLinkAdmin || step == connector.StepLinkUser {
		return SaidLinkStopped
	}
	return SaidConsentStopped
}

// place is what the person looks at.
type place struct {
	screen   Screen
	step     connector.Step
	id       string
	practice bool
	report   bool
}

func (s State) place() place {
	return place{s.Screen, s.Wizard.Draft.Step, s.Detail.ID, s.Practice.Open, s.Report.Open}
}

// forgetsSaid takes back what was said before an event, where the person has gone on since, or the screen did: before is the state before it.
func (s State) forgetsSaid(before State, e Event) State {
	if s.Said != nil && s.Said == before.Said && (byPerson(e) || s.place() != before.place()) {
		s.Said = nil
	}
	return s
}

// byPerson reports whether an event is what the person does, and not what came of it.
func byPerson(e Event) bool {
	switch e.(type) {
	case Loaded, TimePassed, DraftMade, DraftKept, DraftDropped, KeychainWaits, ReadyChecked, TenantFound, Probed, ScriptWritten, ScriptSaved, SecretKept,
		ConsentOpened, ConsentStarted, ConsentNotStarted, ConsentLookedAt, ConsentExtended, ConsentAnswered, Retrying, AdminAnswered, UserAnswered,
		HandoverMade, PasteRead, CheckDone, ChecksDone, ConnectorChecked, AllChecked, SaveDone, DetailDone, RecordSuggested, FoldersListed, RecordDone,
		DetailOpened, ScenarioPlays, LinksRead, LinksHeld, LinkCopied, LinksDated, LinkEnded, ScheduleRead, SchedulePlanned, ScheduleChanged,
		KeyVaultLooked, HandedToKeyVault, LastingDue, LastingChecked, ReportMade, ReportSaved, ComeForward, ComputerInspected, SettingsRead:
		return false
	}
	return true
}

// changedChecks are the checks that came to something else than the time before. One that was not made before says nothing.
func changedChecks(before, after []connector.Check) []CheckChange {
	was := map[connector.CheckID]connector.CheckState{}
	for _, c := range before {
		was[c.ID] = c.State
	}
	changes := []CheckChange{}
	for _, c := range after {
		if state, made := was[c.ID]; made && state != c.State {
			changes = append(changes, CheckChange{c.ID, state, c.State})
		}
	}
	return changes
}

// saysChecked returns the state that says what the checks of the connector that is shown have changed.
func (s State) saysChecked(c connector.Connector, now time.Time) State {
	return s.saysHere(ScreenConnector, Said{What: SaidChecked, At: now, Changes: changedChecks(s.Detail.Kept, c.Checks)})
}
