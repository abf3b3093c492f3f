package connector

import (
	"log/slog"
	"strings"
)

// LogValue implements slog.LogValuer: what support asks for of a problem. The raw line and the facts for the sentences stay out, since they
// name people and domains.
func (p *Problem) LogValue() slog.Value {
	if p == nil {
		return slog.GroupValue()
	}
	told := []slog.Attr{slog.String("kind", string(p.Kind))}
	for _, a := range []slog.Attr{
		slog.String("answer", p.Code), slog.String("oauth", p.OAuth), slog.String("suberror", p.Suberror),
		slog.String("correlation", p.CorrelationID), slog.String("trace", p.TraceID),
	} {
		if a.Value.String() != "" {
			told = append(told, a)
		}
	}
	return slog.GroupValue(told...)
}

// LogValue implements slog.LogValuer: the IDs of a connector, and nobody's name.
func (c Connector) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", c.ID), slog.String("cloud", c.Tenant.Cloud), slog.String("tenant", c.Tenant.ID), slog.String("client", c.ClientID))
}

// Outcomes are checks with their states, in one line.
type Outcomes []Check

// String implements fmt.Stringer: "tenant=passed mfa=failed".
func (o Outcomes) String() string {
	told := make([]string, 0, len(o))
	for _, c := range o {
		told = append(told, string(c.ID)+"="+string(c.State))
	}
	return strings.Join(told, " ")
}

// LogValue implements slog.LogValuer.
func (o Outcomes) LogValue() slog.Value { return slog.StringValue(o.String()) }
