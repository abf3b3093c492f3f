package wizard

import "partner-center-connector/connector"

// The events of the program itself: its window, and its settings.
type (
	// ComeForward says that the program was started a second time: its window is to come to the front.
	ComeForward struct{}
	// ShowConnector says that a saved connector is to be shown, in front: a notification of it was clicked.
	ShowConnector struct{ ID string }
	// ForgetWanted says that it is not to be shown any more.
	ForgetWanted struct{}
	// OpenSettings shows the settings, over whatever is shown. Where they are shown already they are looked up anew.
	OpenSettings struct{}
	// CloseSettings leads back to where they were opened.
	CloseSettings struct{}
	// ShowModules shows, or with Show false hides, which modules of others are in the program.
	ShowModules struct{ Show bool }
	// ComputerInspected brings what the settings screen shows of this computer.
	ComputerInspected struct {
		Attempt  int
		Computer connector.Computer
	}
	// SettingsRead brings the settings on disk, whenever they change.
	SettingsRead struct {
		Settings connector.Settings
		Problem  *connector.Problem
	}
)

func (ComeForward) scope() scope { return anywhere }

func (ShowConnector) scope() scope { return anywhere }

func (ForgetWanted) scope() scope { return anywhere }

func (OpenSettings) scope() scope { return anywhere }

func (CloseSettings) scope() scope { return onSettings }

func (ShowModules) scope() scope { return onSettings }

func (ComputerInspected) scope() scope { return anywhere }

func (SettingsRead) scope() scope { return anywhere }
