package runner

import (
	"context"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

// writeScript waits for a moment, so that typing does not write a text at every key, and writes it.
func (r *Runner) writeScript(ctx context.Context, e wizard.WriteScript) {
	if !r.pause(ctx, r.limits.typing) {
		return
	}
	text := r.scriptOf(ctx, e)
	if ctx.Err() == nil {
		r.Send(wizard.ScriptWritten{Attempt: e.Attempt, Text: text})
	}
}

func (r *Runner) scriptOf(ctx context.Context, e wizard.WriteScript) string {
	made := connector.RegistrationOf(e.Draft)
	made.Certificate = r.certificateOf(ctx, e.Draft)
	return r.ports.Registrations.Text(made, e.Way)
}

// certificateOf is the certificate that was entered, without its key; nil where there is none, or where the keychain does not give it: the
// text says then that it has to be uploaded.
func (r *Runner) certificateOf(ctx context.Context, d connector.Draft) *auth.Certificate {
	if d.ClientKind != auth.CertificateClient || !d.HasSecret {
		return nil
	}
	app, err := r.appOf(ctx, d)
	if err != nil {
		return nil
	}
	facts, err := auth.ParsePublicCertificate([]byte(app.Certificate.Reveal()))
	if err != nil {
		return nil
	}
	return &facts
}

func (r *Runner) keepScript(e wizard.KeepScript) wizard.Event {
	out := wizard.ScriptSaved{Attempt: e.Attempt}
	path, err := r.ports.Registrations.Save(e.Text, connector.RegistrationOf(e.Draft), e.Way)
	if err != nil {
		out.Raw = problems.CleanLine(err.Error())
		return out
	}
	out.Path = path
	return out
}
