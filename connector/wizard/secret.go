package wizard

import (
	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// secretEnd is the last day of a client secret or certificate, as the draft had it.
type secretEnd struct {
	Expires connector.Day
	Input   string
}

// takeEnd returns the draft's end of its credential, and leaves none.
func takeEnd(d *connector.Draft) secretEnd {
	end := secretEnd{d.SecretExpires, d.SecretExpiresInput}
	d.SecretExpires, d.SecretExpiresInput = secretEnd{}.Expires, ""
	return end
}

// chooseKind takes another kind of client. Its credential is another one too: what is kept of the old kind's, or is still being stored, is
// removed from the keychain.
func chooseKind(s State, kind auth.ClientKind) (State, []Effect) {
	known := kind == auth.PublicClient || kind == auth.SecretClient || kind == auth.CertificateClient
	if !known || kind == s.Wizard.Draft.ClientKind {
		return s, nil
	}
	s, effects := voidBoth(s)
	if s.Wizard.Draft.HasSecret || s.Wizard.StoringSecret.Running {
		effects = append(effects, KeepSecret{DraftID: s.Wizard.Draft.ID, ClientKind: kind})
	}
	w := &s.Wizard
	w.StoringSecret, w.SecretProblem, w.Replaced, w.SecretCleaned, w.SecretRefused = Work{}, nil, secretEnd{}, SecretCleaned{}, ""
	w.Draft.ClientKind, w.Draft.HasSecret = kind, false
	takeEnd(&w.Draft)
	s, more := startProbe(s)
	effects = append(effects, more...)
	return s, append(effects, keep(s)...)
}

// takeReserve goes on with the client secret of the connector that is renewed where only its recorded end was wrong: where a day is entered that is
// not over. Else a new one is needed. Nobody takes that day's word for it: the renewal signs in and checks with the secret.
func takeReserve(s State) (State, []Effect) {
	d := &s.Wizard.Draft
	lasts := !d.SecretExpires.IsZero() && !d.SecretExpires.Before(connector.DayOf(d.Created))
	if d.EndedOn.IsZero() || s.Wizard.StoringSecret.Running || lasts == d.HasSecret {
		return s, nil
	}
	d.HasSecret = lasts
	return startProbe(s)
}

// credentialField is the input of the credential that a kind of client has; empty for a public client.
func credentialField(kind auth.ClientKind) connector.Field {
	switch kind {
	case auth.SecretClient:
		return connector.FieldSecret
	case auth.CertificateClient:
		return connector.FieldCertificate
	default:
		return ""
	}
}

// next stores the credential in place of the one before. What can't be a client secret is refused, and the one before stays. What the integration user consented to with that one proves nothing of the new
// one, so the user consent is void; the admin consent is for the app registration and stays.
func (e SecretEntered) next(s State) (State, []Effect) {
	switch {
	case !s.Wizard.Draft.HasField(e.Field):
		return s, nil
	case e.Field == connector.FieldLinks:
		return readEntered(s, e.Secret)
	case s.offersLink(e.Field, e.Secret.Reveal()):
		return offerLink(s, e.Field, e.Secret), nil
	}
	field := credentialField(s.Wizard.Draft.ClientKind)
	cleaned := SecretCleaned{}
	if e.Field == connector.FieldSecret {
		c := connector.Clean(e.Field, e.Secret.Reveal())
		e.Secret = auth.NewSecret(c.Value)
		cleaned = WithoutSecret(c)
	}
	if e.Secret.Empty() || field == "" || e.Field != field {
		return s, nil
	}
	if e.Field == connector.FieldSecret {
		if s.Wizard.SecretRefused = connector.SecretReason(e.Secret.Reveal()); s.Wizard.SecretRefused != "" {
			s.Wizard.SecretCleaned = cleaned
			return s, nil
		}
	}
	s, effects := voidUser(s)
	s, n := attempt(s)
	w := &s.Wizard
	if w.Draft.HasSecret {
		w.Replaced = takeEnd(&w.Draft)
	}
	if w.StoringSecret.Running {
		// Nobody knows yet which one the keychain has where it can't take the new one either.
		w.Replaced = secretEnd{}
	}
	w.StoringSecret, w.SecretProblem, w.SecretCleaned = Work{Attempt: n, Running: true}, nil, cleaned
	effects = append(effects, keep(s)...)
	return s, append(effects, KeepSecret{Attempt: n, DraftID: w.Draft.ID, ClientKind: w.Draft.ClientKind, Secret: e.Secret})
}

// next takes the new credential, or goes on with the one before where the keychain did not take it.
func (e SecretKept) next(s State) (State, []Effect) {
	if s.Home.Storing[e.Attempt] != "" {
		return storedAtHome(s, e)
	}
	w := &s.Wizard
	if e.Attempt != w.StoringSecret.Attempt || !w.StoringSecret.Running || w.fixed() {
		return s, nil
	}
	w.StoringSecret.Running = false
	w.SecretProblem = e.Problem
	replaced := w.Replaced
	w.Replaced = secretEnd{}
	d := &w.Draft
	if e.Problem != nil {
		if d.SecretExpires.IsZero() && d.SecretExpiresInput == "" {
			d.SecretExpires, d.SecretExpiresInput = replaced.Expires, replaced.Input
		}
		return s, keep(s)
	}
	*d = e.storedFor(*d)
	s, effects := startProbe(s)
	return s, append(effects, keep(s)...)
}
