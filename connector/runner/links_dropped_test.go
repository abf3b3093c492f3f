package runner

import (
	"context"
	"errors"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func TestADroppedLinkIsForgotten(t *testing.T) {
	w := newWorld()
	d := w.linksDraft(t, "d", adminLink+"\n"+userLink)
	r := newLinkRunner(t, w, w.ports())
	r.read(t.Context(), d, adminLink+"\n"+userLink)
	r.perform(t.Context(), wizard.DropLink{DraftID: "d", Kind: link.Admin})
	w.holds(t, lastOf[wizard.LinksHeld](t, r.settled()), "", link.User)
	w.keychainHas(t, "d", "", userLink)
	r.perform(t.Context(), wizard.DropLink{DraftID: "d", Kind: link.User})
	w.holds(t, lastOf[wizard.LinksHeld](t, r.settled()), "")
	if len(w.secrets) != 0 {
		t.Errorf("%d items in the keychain", len(w.secrets))
	}
}

// TestADroppedLinkDoesNotComeBack forgets one right after a restart, before the keychain was asked for it.
func TestADroppedLinkDoesNotComeBack(t *testing.T) {
	w := newWorld()
	w.linksDraft(t, "d", adminLink+"\n"+userLink)
	w.secrets["draft-d"] = auth.NewSecret(`{"admin":"` + adminLink + `","user":"` + userLink + `"}`)
	r := newLinkRunner(t, w, w.ports())
	r.perform(t.Context(), wizard.DropLink{DraftID: "d", Kind: link.Admin})
	r.perform(t.Context(), wizard.FindLinks{DraftID: "d"})
	w.holds(t, lastOf[wizard.LinksHeld](t, r.settled()), "", link.User)
	w.keychainHas(t, "d", "", userLink)
}

// TestADraftWithLinksIsDroppedWhileTheKeychainIsSlow leaves nothing in the keychain, and nothing in memory.
func TestADraftWithLinksIsDroppedWhileTheKeychainIsSlow(t *testing.T) {
	w := newWorld()
	d := w.linksDraft(t, "d", adminLink)
	stored := packLinks(draftLinks{known: map[link.Kind]*link.Link{link.Admin: {Address: auth.NewSecret(adminLink)}}})
	v := newHeldVault(w, "put "+stored.Reveal())
	r := newLinkRunner(t, w, withVault(w, v))
	r.read(t.Context(), d, adminLink)
	v.called(t, "put "+stored.Reveal())
	r.perform(t.Context(), wizard.DropDraft{ID: "d"})
	r.read(t.Context(), d, userLink) // while it is being dropped
	close(v.hold["put "+stored.Reveal()])
	events := r.settled()
	if dropped := lastOf[wizard.DraftDropped](t, events); dropped.Problem != nil {
		t.Errorf("%+v", dropped.Problem)
	}
	r.read(t.Context(), d, userLink) // when it is gone
	r.settled()
	if len(w.secrets)+len(w.drafts)+len(r.links.all) != 0 {
		t.Errorf("%d items in the keychain, %d drafts, %d in memory", len(w.secrets), len(w.drafts), len(r.links.all))
	}
}

// TestLinksOfADraftWhoseRemovalFails are there as before.
func TestLinksOfADraftWhoseRemovalFails(t *testing.T) {
	w := newWorld()
	d := w.linksDraft(t, "d", adminLink)
	r := newLinkRunner(t, w, w.ports())
	r.read(t.Context(), d, adminLink)
	r.settled()
	w.fail["delete draft-d"] = connector.ErrKeychainLocked
	r.perform(t.Context(), wizard.DropDraft{ID: "d"})
	if got := lastOf[wizard.DraftDropped](t, r.settled()); got.Problem == nil || got.Problem.Kind != connector.KindKeychainLocked {
		t.Errorf("%+v", got.Problem)
	}
	r.perform(t.Context(), wizard.FindLinks{DraftID: "d"})
	w.holds(t, lastOf[wizard.LinksHeld](t, r.settled()), "", link.Admin)
}

// TestLinksThatWaitAtTheEndAreKept ends the program while the keychain is at work for something else; nothing else is asked of it then.
func TestLinksThatWaitAtTheEndAreKept(t *testing.T) {
	w := newWorld()
	d := w.linksDraft(t, "d", adminLink)
	w.linksDraft(t, "e", adminLink)
	r := newLinkRunner(t, w, w.ports())
	hold := make(chan struct{})
	for _, id := range []string{"d", "e"} {
		r.queues.do(secretOf(id), "", func() { <-hold })
	}
	ctx, end := context.WithCancel(t.Context())
	r.read(ctx, d, adminLink)
	r.perform(ctx, wizard.FindLinks{DraftID: "e"})
	end()
	close(hold)
	for _, e := range r.settled() {
		if held, ok := e.(wizard.LinksHeld); ok && held.DraftID == "e" {
			t.Error("the keychain was asked for what nobody waits for")
		}
	}
	w.keychainHas(t, "d", adminLink, "")
}

// TestNoLinkIsKeptForADraftThatIsNotOnDisk: the keychain can't be listed, so nobody would ever remove it.
func TestNoLinkIsKeptForADraftThatIsNotOnDisk(t *testing.T) {
	w := newWorld()
	r := newLinkRunner(t, w, w.ports())
	w.fail["draft d"] = errors.New("no space left on device")
	d := connector.NewLinksDraft("")
	d.ID = "d"
	r.perform(t.Context(), wizard.KeepDraft{Draft: d})
	r.read(t.Context(), d, adminLink)
	w.holds(t, lastOf[wizard.LinksHeld](t, r.settled()), connector.KindDisk, link.Admin)
	if len(w.secrets) != 0 {
		t.Errorf("%d items in the keychain", len(w.secrets))
	}
}
