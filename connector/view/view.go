// Package view makes of a state what is to be shown, as plain data, for the window and the terminal alike.
//
// [Project] is the way there: a [View] is made of [Block]s. Every sentence in it is a [Text], a key of the translations with what it is
// filled with; every control has its event, its name and, where it can't be used, the reason. It decides what is offered, and never how
// it looks.
package view

import (
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/timeline"
	"partner-center-connector/connector/wizard"
)

// Text is a sentence by its key in the translations, with what fills it.
type Text struct {
	Key  string
	Args map[string]any
}

// Empty reports whether there is nothing to show.
func (t Text) Empty() bool { return t.Key == "" }

// View is one screen. Every control in it has an ID that is unique on the screen and stays the same as long as the
// control means the same, so that a drawer can keep focus and what is being typed.
type View struct {
	// Page is the name of the screen or wizard page ("home", "before" … "check", "detail" for a saved connector, "help"):
	// focus is set anew when it changes. It is also the help topic of F1.
	Page   string
	Banner []Text
	// BannerButton is shown in the banner; nil for none.
	BannerButton *Button
	Title        Text
	// Answers are those at the top of a wizard page: what happens here, who does it, and, where one is used, in which browser.
	Answers []Answer
	// Tools are at the same place of every screen: the way home, the settings and help, in this order; the first is not on home itself.
	Tools []Button
	// Rail is empty outside the wizard.
	Rail   []RailItem
	Blocks []Block
	Footer Footer
	// Focus is the ID of the control that gets the focus on arrival, or, as long as the person does nothing, once it can be used.
	Focus string
	// Opener is the ID of the button that opened what asks something now. It gets the focus back from a control that goes when
	// that is closed; empty where nothing was opened.
	Opener string
	// Escape and Return are what Esc and Alt+Left do; nil for nothing.
	Escape wizard.Event
	Return wizard.Event
	// Raise counts up whenever the window should come to the front (after a consent).
	Raise int
	// Theme is the look that was chosen; empty for the system's.
	Theme connector.Theme
}

// Answer is one of those at the top of a page. None is without content.
type Answer struct {
	Label Text
	Text  Text
}

// RailState is how far a step is.
type RailState string

// The states of a step.
const (
	RailDone    RailState = "done"
	RailHere    RailState = "here"
	RailToDo    RailState = "to-do"
	RailProblem RailState = "problem"
)

// RailItem is a step in the rail.
type RailItem struct {
	ID     string
	Number int
	Label  Text
	State  RailState
	// Go is what pressing it does; nil when it can't be gone to yet.
	Go wizard.Event
}

// Footer is shown under the page and never scrolls away.
type Footer struct {
	Back *Button
	// Reason returns why the main button is disabled.
	Reason Text
	Main   *Button
}

// Button is a button. Exactly one of Event, URL, Copy, CopyText and Command is set.
type Button struct {
	ID    string
	Label Text
	// Event is sent when it is pressed.
	Event wizard.Event
	// URL is opened in the default browser.
	URL string
	// Copy is put on the clipboard. It is never a secret.
	Copy string
	// CopyText is put on the clipboard as the sentence that it makes: a whole text for another person.
	CopyText Text
	// Command is something the program does by itself: "rehearse", "help", "quit", "clear-clipboard", CommandOpenFolder, CommandOpenFile,
	// CommandFocus.
	Command string
	// Topic is the help topic of Command "help", the path of CommandOpenFolder and CommandOpenFile, and the control's ID of CommandFocus.
	Topic    string
	Primary  bool
	Danger   bool
	Disabled bool
	// Reason returns why it is disabled, in words, next to it.
	Reason Text
	// Unsettled says that what it goes by is still being found out. It can be clicked all the same, but no key presses it.
	Unsettled bool
}

// CommandFocus leads to another control of the screen. The text of a text field is selected then, so that what is typed or
// pasted takes its place. A terminal, which asks for its inputs anyhow, leaves it out.
const CommandFocus = "focus"

// Block is a piece of a page, from top to bottom.
type Block interface{ block() }

// Role is a size of text.
type Role string

// The type scale below the title.
const (
	Lead    Role = "lead"
	Body    Role = "body"
	Caption Role = "caption"
	Heading Role = "heading"
)

// Severity goes with an icon and a word, never with colour alone.
type Severity string

// The severities.
const (
	Info    Severity = "info"
	Good    Severity = "good"
	Warning Severity = "warning"
	Bad     Severity = "bad"
)

type (
	// Paragraph is text.
	Paragraph struct {
		Role Role
		Text Text
	}
	// List is a numbered or bulleted list.
	List struct {
		Numbered bool
		Items    []Text
	}
	// Picture is one of the drawings in assets, with words over it from left to right.
	Picture struct {
		Name   string
		Labels []Text
		// Alt says what it shows, for the terminal and for assistive technology.
		Alt Text
	}
	// Notice is a card with something that has a state.
	Notice struct {
		ID       string
		Severity Severity
		Title    Text
		Text     Text
		Buttons  []Button
	}
	// Problem is a problem card.
	Problem struct {
		ID    string
		Title Text // what happened
		Actor Text // who must act
		Do    Text // what to do
		// Button is the one that does it.
		Button *Button
		// Others are lesser ways on.
		Others []Button
		// Raw is the raw line with code, correlation id, trace id and time; empty for none. It is folded away at first.
		Raw string
		// CopyForActor is a whole text for the person who must act; empty where that is "you".
		CopyForActor Text
	}
	// Input is a text field.
	Input struct {
		ID          string
		Field       connector.Field
		Label       Text
		Value       string
		Placeholder Text
		Hint        Text
		Error       Text
		// Good is a short word of confirmation ("Contoso, Europe").
		Good Text
		// Cleaned says what of the text is not used, and what is.
		Cleaned Text
		// Secret hides what is typed and sends it as SecretEntered when Done is pressed; its Value is always empty.
		Secret    bool
		Multiline bool
		// Locked shows the value as text; Buttons then has the Change.
		Locked  bool
		Reason  Text
		Buttons []Button
	}
	// Tick is a check box.
	Tick struct {
		ID    string
		Field connector.Field
		Label Text
		Hint  Text
		On    bool
	}
	// Choice is one of several options.
	Choice struct {
		ID      string
		Field   connector.Field
		Label   Text
		Hint    Text
		Options []Option
		Value   string
		Locked  bool
		Reason  Text
		Buttons []Button
	}
	// Option is an option of a Choice. Plain is used where the words are data (a browser's name).
	Option struct {
		Value string
		Label Text
		Plain string
	}
	// Facts are labels with values that can be copied.
	Facts struct {
		Items []FactItem
	}
	// FactItem is one of them. Value is data; Text is used instead where the value is words.
	FactItem struct {
		ID    string
		Label Text
		Value string
		Text  Text
		// Copy shows a copy button.
		Copy bool
	}
	// Listing is a text as it is to be used, such as a script: it can be read, selected and copied, and never changed.
	Listing struct {
		ID      string
		Label   Text
		Text    string
		Buttons []Button
	}
	// Actions is a row of buttons. More are those that are rarely needed: they show once that is asked for.
	Actions struct {
		Buttons []Button
		More    []Button
	}
	// Fold is a part of a page that shows once a person asks for it: other ways, reasons, what passed. Title says what is in it, and is all
	// that shows before. It never holds what a person must know or do.
	Fold struct {
		ID    string
		Title Text
		// Open has it shown at first.
		Open   bool
		Blocks []Block
	}
	// Wait says what is waited for, for how long, and how to stop. The drawer counts the seconds.
	Wait struct {
		ID    string
		Text  Text
		Since time.Time
		Until time.Time
		// Details are what the admin should know while waiting.
		Details []Text
		Buttons []Button
	}
	// Busy says what is being done where the end is not in sight. The drawer counts the seconds of what takes more than two.
	Busy struct {
		ID   string
		Text Text
		// Progress says how far it is, where that can be told.
		Progress Text
	}
	// Checks is the list of checks.
	Checks struct {
		ID   string
		Rows []CheckRow
	}
	// CheckRow is one check.
	CheckRow struct {
		ID       string
		State    connector.CheckState
		Title    Text
		Word     Text // "passed", "could not check" …
		Evidence []Text
		Problem  *Problem
	}
	// Row is a card of the home screen: a connector or a draft.
	Row struct {
		ID       string
		Severity Severity
		Title    string
		// TitleText is used instead where the title is words (a draft without a name).
		TitleText Text
		// Word is the health in a word.
		Word    Text
		Lines   []Text
		Buttons []Button
		// More are buttons that are rarely needed: they show once that is asked for.
		More []Button
		// Open is what pressing the row does.
		Open wizard.Event
	}
	// Timeline is what happened to a connector, and what will, on an axis of time.
	Timeline struct {
		ID    string
		Title Text
		Axis  timeline.Axis
		// Now is the word for today.
		Now Text
		// Lanes are the words of the axis' lanes, in their order.
		Lanes []TimelineLane
	}
	// TimelineLane are the words of a lane.
	TimelineLane struct {
		Severity    Severity
		Label, Note Text
	}
	// Meter is a bar from 0 to 1 with words.
	Meter struct {
		ID       string
		Label    Text
		Share    float64
		Text     Text
		Severity Severity
	}
)

func (Paragraph) block() {}
func (List) block()      {}
func (Picture) block()   {}
func (Notice) block()    {}
func (Problem) block()   {}
func (Input) block()     {}
func (Tick) block()      {}
func (Choice) block()    {}
func (Facts) block()     {}
func (Listing) block()   {}
func (Actions) block()   {}
func (Fold) block()      {}
func (Wait) block()      {}
func (Busy) block()      {}
func (Checks) block()    {}
func (Row) block()       {}
func (Timeline) block()  {}
func (Meter) block()     {}
