package wizard

// Final reports whether nothing takes back what an event of the person does: it stops, discards, leaves, removes, saves, or opens a browser. A
// drawer sends none for a key that was pressed before the person can have seen what the key would do.
func Final(e Event) bool {
	switch e.(type) {
	case Discard, GoHome, Quit, LeaveWizard, // what is open is left, or gone
		AgreeChange, SwitchCloud, AcceptAccount, // what was agreed to before is void
		StartAdmin, StartUser, StopWait, GoUnconfirmed, StopCheckAll, StopLookInKeyVault,
		Save, Rename, Remove, SaveRecord, SaveScript, SaveReport, HandOverToKeyVault, TakeBack, SetSchedule, Unschedule,
		TakeOffer, RefuseOffer, EndTrial, ForgetLink, ReportLink, PlayScenario:
		return true
	}
	return false
}
