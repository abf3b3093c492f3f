package runner

import (
	"context"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// scriptedProber answers with its errors, one after the other, and else that all is fine. It notes what it was asked.
type scriptedProber struct {
	result connector.ProbeResult
	errs   []error
	asked  *[]auth.App
}

func (p *scriptedProber) ProbeApp(_ context.Context, t auth.Tenant, app auth.App) (connector.ProbeResult, error) {
	*p.asked = append(*p.asked, app)
	if t.ID != tenantA.ID {
		return connector.ProbeWrong, &auth.Error{Stage: auth.StageProbe, Codes: []int{90002}}
	}
	if len(p.errs) == 0 {
		return connector.ProbeFine, nil
	}
	err := p.errs[0]
	p.errs = p.errs[1:]
	if err == nil {
		return connector.ProbeFine, nil
	}
	return p.result, err
}

func probeError(code int) error { return &auth.Error{Stage: auth.StageProbe, Codes: []int{code}} }

func TestTheProbeOfALink(t *testing.T) {
	otherBack := strings.Replace(userLink, productBack, "https%3A%2F%2Fother.product.example%2Fback", 1)
	reported := func(d *connector.Draft) {
		*d.Links = d.Links.With(link.Admin, func(l *connector.ProductLink) { l.Reported = day })
	}
	as := func(*connector.Draft) {}
	for name, c := range map[string]struct {
		links  string
		change func(*connector.Draft)
		result connector.ProbeResult
		errs   []error
		want   connector.ProbeResult
		kind   connector.ProblemKind
		asked  int
	}{
		"both, with one address":           {adminLink + "\n" + userLink, as, "", nil, "fine", "", 1},
		"both, with two":                   {adminLink + "\n" + otherBack, as, "", nil, "fine", "", 2},
		"the second address is wrong":      {adminLink + "\n" + otherBack, as, "wrong", []error{nil, probeError(50011)}, "wrong", connector.KindRedirectURI, 2},
		"unknown before the admin consent": {adminLink, as, "wrong", []error{probeError(700016)}, "unknown", "", 1},
		"known in the meantime":            {adminLink, reported, "wrong", []error{probeError(700016)}, "fine", "", 2},
		"unknown after it": {
			adminLink, reported, "wrong", []error{probeError(700016), probeError(700016), probeError(700016), probeError(700016)}, "wrong", connector.KindAppUnknown, 4,
		},
		"no network":    {userLink, as, "unknown", []error{&auth.Error{Stage: auth.StageProbe, Cause: auth.ErrNetwork}}, "unknown", connector.KindNoNetwork, 1},
		"disabled":      {userLink, as, "wrong", []error{probeError(7000112)}, "wrong", connector.KindAppDisabled, 1},
		"no link yet":   {"", as, "", nil, "unknown", "", 0},
		"no tenant yet": {userLink, func(d *connector.Draft) { d.Tenant = nil }, "", nil, "unknown", "", 0},
		"none of ours":  {"", func(d *connector.Draft) { d.Links = nil }, "", nil, "unknown", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			d := w.linksDraft(t, "d", c.links)
			ports := w.ports()
			asked := []auth.App{}
			ports.Prober = &scriptedProber{c.result, c.errs, &asked}
			r := newLinkRunner(t, w, ports)
			r.limits.pace = 0.0001
			r.read(t.Context(), d, c.links)
			c.change(&d)
			r.perform(t.Context(), wizard.ProbeLink{Attempt: 5, Draft: d})
			out := lastOf[wizard.Probed](t, r.settled())
			kind := connector.ProblemKind("")
			if out.Problem != nil {
				kind = out.Problem.Kind
			}
			if out.Attempt != 5 || out.Result != c.want || kind != c.kind || len(asked) != c.asked {
				t.Errorf("%q, %q, asked %d times; want %q, %q, %d", out.Result, kind, len(asked), c.want, c.kind, c.asked)
			}
			for _, app := range asked {
				wanted := []string{"https://app.product.example/back?company=7", "https://other.product.example/back"}
				if app.ClientID != clientID || !slices.Contains(wanted, app.Redirect) || !app.Secret.Empty() || app.ClientKind != "" {
					t.Errorf("asked %+v", app)
				}
			}
		})
	}
}

// TestTheProbeOfALinkThatIsNotHeld goes by what is known of it.
func TestTheProbeOfALinkThatIsNotHeld(t *testing.T) {
	w := newWorld()
	d := w.linksDraft(t, "d", adminLink)
	ports := w.ports()
	asked := []auth.App{}
	ports.Prober = &scriptedProber{asked: &asked}
	r := newLinkRunner(t, w, ports)
	r.perform(t.Context(), wizard.ProbeLink{Attempt: 5, Draft: d})
	if out := lastOf[wizard.Probed](t, r.settled()); out.Result != connector.ProbeFine || len(asked) != 1 || asked[0].Redirect != "https://app.product.example/back" {
		t.Errorf("%+v, asked %+v", out, asked)
	}
}

// TestTheProbeTakesTheRedirectAsMicrosoftReadsIt whatever the case of the parameter's name.
func TestTheProbeTakesTheRedirectAsMicrosoftReadsIt(t *testing.T) {
	w := newWorld()
	address := strings.Replace(adminLink, "redirect_uri=", "Redirect_URI=", 1)
	d := w.linksDraft(t, "d", address)
	ports := w.ports()
	asked := []auth.App{}
	ports.Prober = &scriptedProber{asked: &asked}
	r := newLinkRunner(t, w, ports)
	r.read(t.Context(), d, address)
	r.perform(t.Context(), wizard.ProbeLink{Attempt: 5, Draft: d})
	r.settled()
	if len(asked) != 1 || asked[0].Redirect != "https://app.product.example/back?company=7" {
		t.Errorf("asked %+v", asked)
	}
}
