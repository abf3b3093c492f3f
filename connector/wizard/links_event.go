package wizard

import (
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// LinkForm is what the pages for the two links of another product know, beside the draft's Links.
type LinkForm struct {
	// Text is what was pasted and has not been read. A link has a state and a nonce, so it is held as a secret is.
	Text auth.Secret
	// Reading is the reading of it.
	Reading Work
	// Refused are why links in what was read last can't be opened; Nothing says that no link was in it.
	Refused []connector.Problem
	Nothing bool
	// Other is the kind of a link that was pasted on the page of the other one, and was put where it belongs; empty for none.
	Other link.Kind
	// Held are the links that the program has, in the keychain or in memory; what is missing has to be pasted again.
	Held map[link.Kind]bool
	// Unkept is why the keychain does not have them: they are in memory alone then, until the program ends.
	Unkept *connector.Problem
	// Tenants are the lookups of the domains that links have instead of the tenant's ID, by the domain; never changed in place.
	Tenants map[string]Lookup
	// Copied is the kind of the link that is on the clipboard, CopyProblem why it is not; empty and nil for neither.
	Copied      link.Kind
	CopyProblem *connector.Problem
	// Probe is whether Microsoft knows the link's app registration in the tenant, before the admin consent or after it.
	Probe Probe
	// Tried is what a trial found before the links are opened.
	Tried Tried
}

// LinkOffer is a text with a link of another product that was pasted into a field for something else; it is empty where nothing was.
type LinkOffer struct {
	Field connector.Field
	Text  auth.Secret
	// Taken says that it was taken, and is read as soon as there is a draft for it.
	Taken bool
}

// What the person does on the pages for two links.
type (
	// NewLinks opens the wizard with a new draft for the two links of another product.
	NewLinks struct{}
	// TakeOffer does so with the link that was pasted elsewhere.
	TakeOffer struct{}
	// RefuseOffer forgets that link.
	RefuseOffer struct{}
	// ReadLinks reads what was pasted.
	ReadLinks struct{}
	// TryUser signs the integration user in with the app registration of a saved connector of the tenant, to check the account beforehand.
	TryUser struct{}
	// EndTrial goes back to the links with what that found.
	EndTrial struct{}
	// ForgetLink forgets a link, so that another one can be pasted.
	ForgetLink struct{ Kind link.Kind }
	// CopyLink puts a link on the clipboard, for another person to open.
	CopyLink struct{ Kind link.Kind }
	// ReportLink tells what the product's page said at the end of a consent: that all is well, or, with Worked false, takes that back.
	ReportLink struct {
		Kind   link.Kind
		Worked bool
	}
)

// What the effects of those pages bring back.
type (
	// LinksRead brings what was read of a pasted text. What is nil was not in it.
	LinksRead struct {
		Attempt     int
		DraftID     string
		Admin, User *link.Facts
		// Anew are the kinds of those that are others than the ones that are held: a product that makes a link again makes it with the same
		// facts, and what was told of the one before says nothing of it.
		Anew    []link.Kind
		Refused []connector.Problem
		At      time.Time
		// Unkept is why the keychain did not take those before.
		Unkept *connector.Problem
	}
	// LinksHeld brings which links the program has for a draft, and whether the keychain has them too.
	LinksHeld struct {
		DraftID string
		Held    map[link.Kind]bool
		Unkept  *connector.Problem
	}
	// LinkCopied says that a link was put on the clipboard, or why not.
	LinkCopied struct {
		DraftID string
		Kind    link.Kind
		At      time.Time
		Problem *connector.Problem
	}
	// LinksDated brings the time at which something of a draft was told: the consent of a link, or, with an empty Kind, the rest in the product.
	LinksDated struct {
		DraftID string
		Kind    link.Kind
		At      time.Time
	}
	// LinkEnded says that the opening of a link has ended: by a problem, by the end of its window, or by the time limit. There is no answer
	// here: what the browser showed, only the person can tell.
	LinkEnded struct {
		Attempt int
		Kind    link.Kind
		// Closed is when its window ended; zero where that is not known.
		Closed  time.Time
		Problem *connector.Problem
	}
)

type (
	// ReadLinkText reads a pasted text, and holds the links in it for the draft: LinksRead. The keychain, which may take its time, is asked to
	// keep them after that: LinksHeld.
	ReadLinkText struct {
		Attempt int
		Draft   connector.Draft
		Text    auth.Secret
	}
	// MakeTrial makes the draft that checks the integration user of a links draft with the app registration of a saved connector: DraftMade.
	MakeTrial struct {
		Own connector.Connector
		For connector.Draft
	}
	// FindLinks looks which links are held for a draft: LinksHeld.
	FindLinks struct{ DraftID string }
	// DropLink forgets one link of a draft: LinksHeld.
	DropLink struct {
		DraftID string
		Kind    link.Kind
	}
	// PutLink puts a link of a draft on the clipboard: LinkCopied. The link is in no event and no state.
	PutLink struct {
		DraftID string
		Kind    link.Kind
	}
	// DateLinks dates what was told just now: LinksDated, at once.
	DateLinks struct {
		DraftID string
		Kind    link.Kind
	}
	// OpenLink opens a link by our start page: ConsentOpened, ConsentStarted …, LinkEnded. Hint and Prompt say what is added to a user link.
	OpenLink struct {
		Opening
		Kind         link.Kind
		Hint, Prompt bool
	}
	// ProbeLink asks whether Microsoft knows the app registration of the links: Probed.
	ProbeLink struct {
		Attempt int
		Draft   connector.Draft
	}
	// CheckLinks checks what can be known of the links of a draft from a saved connector of the same tenant: CheckDone …, ChecksDone.
	CheckLinks struct {
		Attempt int
		Draft   connector.Draft
	}
)

func (MakeTrial) effect()    {}
func (ReadLinkText) effect() {}
func (FindLinks) effect()    {}
func (DropLink) effect()     {}
func (PutLink) effect()      {}
func (DateLinks) effect()    {}
func (OpenLink) effect()     {}
func (ProbeLink) effect()    {}
func (CheckLinks) effect()   {}

func (NewLinks) scope() scope    { return anywhere }
func (TakeOffer) scope() scope   { return anywhere }
func (RefuseOffer) scope() scope { return anywhere }
func (TryUser) scope() scope     { return inDraft }
func (EndTrial) scope() scope    { return inDraft }
func (ReadLinks) scope() scope   { return inDraft }
func (ForgetLink) scope() scope  { return inDraft }
func (CopyLink) scope() scope    { return inDraft }
func (ReportLink) scope() scope  { return inDraft }
func (LinkCopied) scope() scope  { return inDraft }
func (LinksDated) scope() scope  { return inDraft }
func (LinksRead) scope() scope   { return anywhere }
func (LinksHeld) scope() scope   { return anywhere }
func (LinkEnded) scope() scope   { return inWizard }
