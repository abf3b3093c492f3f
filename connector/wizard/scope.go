package wizard

// Refuses returns why an event can't be now; empty means that it can. Page, terminal and machine all ask it, so that a control that can be
// used does something, and one that can't says why.
func (s State) Refuses(e Event) Reason {
	if c := e.scope(); !c.admits(s) {
		if c == inDraft && s.Wizard.Saving.Running {
			return ReasonSaving
		}
		return ReasonGone
	}
	if c, ok := e.(conditional); ok {
		return c.blocked(s)
	}
	return ""
}

// scope is when an event counts. Elsewhere it comes too late, from a control that is gone, and changes nothing.
type scope int

const (
	anywhere     scope = iota
	inWizard           // while the wizard is open
	inDraft            // while the wizard is open, and the connector is neither saved nor being saved
	onConnector        // while the screen of a saved connector is shown
	beforeRecord       // while there is a connector whose consent record can be saved
	inRehearsal
	onSettings // while the settings are shown
)

func (c scope) admits(s State) bool {
	switch c {
	case inWizard:
		return s.Wizard.Open
	case inDraft:
		return s.Wizard.Open && !s.Wizard.fixed()
	case onConnector:
		return s.Screen == ScreenConnector && s.Shown() != nil
	case beforeRecord:
		return s.Recorded() != nil
	case inRehearsal:
		return s.Rehearsal != nil
	case onSettings:
		return s.Screen == ScreenSettings
	default:
		return true
	}
}
