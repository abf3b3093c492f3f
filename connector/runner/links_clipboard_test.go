package runner

import (
	"context"
	"errors"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector/wizard"
)

func TestALinkOnTheClipboard(t *testing.T) {
	r, _, _ := linkStage(t)
	put := func(kind link.Kind) wizard.LinkCopied {
		r.perform(t.Context(), wizard.PutLink{DraftID: "d", Kind: kind})
		return lastOf[wizard.LinkCopied](t, r.settled())
	}
	if got := put(link.Admin); got.Problem == nil {
		t.Error("it was put on a clipboard that there is not")
	}
	clipboard, refused := "", errors.New("no clipboard")
	r.ports.Clipboard = func(_ context.Context, text auth.Secret) error {
		if clipboard = text.Reveal(); clipboard == userLink {
			return refused
		}
		return nil
	}
	if got := put(link.Admin); got.Problem != nil || got.DraftID != "d" || got.Kind != link.Admin || !got.At.Equal(day) || clipboard != adminLink {
		t.Errorf("%+v: %q", got, clipboard)
	}
	if got := put(link.User); got.Problem == nil || got.Problem.Raw != "no clipboard" {
		t.Errorf("%+v", got.Problem)
	}
	clipboard = ""
	r.links.forget("d", link.Admin)
	if got := put(link.Admin); got.Problem == nil || got.Problem.Args["Fault"] != "gone" || clipboard != "" {
		t.Errorf("%+v: %q", got.Problem, clipboard)
	}
}
