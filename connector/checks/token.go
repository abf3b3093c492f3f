package checks

import (
	"context"
	"strconv"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// partnerCenterApp is the application ID of Partner Center's API, another name of its resource in scopes.
// https://learn.microsoft.com/partner-center/developer/enable-secure-app-model
const partnerCenterApp = "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"

// groupScope is the optional permission: without it only the Admin agent role can't be read.
const groupScope = "GroupMember.Read.All"

// FactScopes is the key of the evidence that names the granted permissions of an API.
const FactScopes = "scopes"

// permissions compares the granted scopes of each resource, from the raw token responses, with those that were asked for.
func (c *checker) permissions(ctx context.Context) outcome {
	evidence, open := []connector.Fact{}, (*connector.Problem)(nil)
	missing := []string{}
	for _, r := range []auth.Resource{auth.PartnerCenter, auth.Graph} {
		token, err := c.fetchToken(ctx, r)
		switch {
		case err != nil:
			p := c.problemOf(err)
			if lacksConsent(p) {
				return failed(p, append(evidence, fact("no-token", "API", apiName(r)))...)
			}
			open = firstProblem(open, p, c.problem(connector.KindScopesUnknown))
			evidence = append(evidence, fact("no-token", "API", apiName(r)))
		case !token.ScopesGiven || len(token.Scopes) == 0:
			open = firstProblem(open, c.problem(connector.KindScopesUnknown))
			evidence = append(evidence, fact("scopes-not-told", "API", apiName(r)))
		default:
			evidence = append(evidence, fact("scopes", "API", apiName(r), "Scopes", strings.Join(token.Scopes, " ")))
			missing = append(missing, c.missing(r, token.Scopes)...)
		}
	}
	return c.judge(missing, open, evidence)
}

func (c *checker) judge(missing []string, open *connector.Problem, evidence []connector.Fact) outcome {
	lacking := c.problem(connector.KindMissingScopes).With("Scopes", strings.Join(missing, ", "))
	onlyGroups := len(missing) == 1 && shortScope(missing[0]) == groupScope
	switch {
	case len(missing) > 0 && !onlyGroups:
		return failed(lacking, evidence...)
	case open != nil:
		return unknown(open, evidence...)
	case onlyGroups:
		return warned(connector.WeightWarning, lacking, evidence...)
	}
	return passed(evidence...)
}

func firstProblem(problems ...*connector.Problem) *connector.Problem {
	for _, p := range problems {
		if p != nil {
			return p
		}
	}
	return nil
}

// lacksConsent reports whether a token was refused because of the very permissions.
func lacksConsent(p *connector.Problem) bool {
	if p == nil {
		return false
	}
	switch p.Kind {
	case connector.KindConsentMissing, connector.KindMissingScopes, connector.KindAppPermissions, connector.KindNeedAdmin, connector.KindResourceMissing:
		return true
	default:
		return p.OAuth == "consent_required"
	}
}

func apiName(r auth.Resource) string {
	if r == auth.Graph {
		return "Microsoft Graph"
	}
	return "Partner Center"
}

func (c *checker) missing(r auth.Resource, granted []string) []string {
	missing := []string{}
	for _, want := range c.Cloud.Scopes(r, c.WithGroups, c.Scopes...) {
		has := false
		for _, g := range granted {
			has = has || sameScope(r, want, g)
		}
		if !has {
			missing = append(missing, want)
		}
	}
	return missing
}

// sameScope compares without the resource where the answer leaves it out, and in any case.
func sameScope(r auth.Resource, want, granted string) bool {
	if !strings.EqualFold(shortScope(want), shortScope(granted)) {
		return false
	}
	resource := func(s string) string { return strings.TrimRight(strings.TrimSuffix(s, shortScope(s)), "/") }
	given := resource(granted)
	return given == "" || strings.EqualFold(given, resource(want)) ||
		(r == auth.PartnerCenter && strings.EqualFold(strings.TrimPrefix(given, "api://"), partnerCenterApp))
}

func shortScope(scope string) string { return scope[strings.LastIndex(scope, "/")+1:] }

// refresh checks that Partner Center's token can be redeemed again from the refresh token.
func (c *checker) refresh(ctx context.Context) outcome {
	token, err := c.fetchToken(ctx, auth.PartnerCenter)
	if err != nil {
		p := c.problemOf(err)
		if unreachable(p) {
			return unknown(p, fact("no-token", "API", apiName(auth.PartnerCenter)))
		}
		return failed(p, fact("no-token", "API", apiName(auth.PartnerCenter)))
	}
	if token.Cached {
		return unknown(nil, fact("refresh-cached"))
	}
	// Graph's token has been redeemed by now, too: the last answer is stored, and that once.
	if err := c.Session.Keep(ctx); err != nil {
		return c.unkept(err)
	}
	return passed(fact("refreshed"))
}

// lasts checks that the same refresh works at some distance from the sign-in. That can't be told by a clock that is wrong.
func (c *checker) lasts(ctx context.Context) outcome {
	if p := c.wrongClock(ctx); p != nil {
		return unknown(p).weighing(connector.WeightAttention)
	}
	age := c.Now().Sub(c.Consented)
	if age < connector.LastsAfter {
		return unknown(nil, fact(FactLastsNew, "Minutes", strconv.Itoa(int(connector.LastsAfter.Minutes()))))
	}
	token, err := c.lateToken(ctx)
	switch {
	case err == nil && !token.Cached:
		return passed(ageFact("lasts-proven", age))
	case err == nil:
		return unknown(nil, fact("refresh-cached"))
	}
	p := c.problemOf(err)
	if unreachable(p) {
		return unknown(p, fact("no-token", "API", apiName(auth.PartnerCenter)))
	}
	if !problems.RefusesSignIn(p) {
		// The client secret, say, was refused: that tells nothing of the sign-in.
		return unknown(p, fact("lasts-other-refusal")).weighing(connector.WeightAttention)
	}
	if c.mayNotLast(p) {
		problems.Reclassify(p, connector.KindNotLasting)
	}
	return failed(p, ageFact("lasts-not", age))
}

// wrongClock is the problem of this computer's clock, if that is wrong.
func (c *checker) wrongClock(ctx context.Context) *connector.Problem {
	if c.ClockOffset == nil {
		return nil
	}
	if _, err := c.fetchToken(ctx, auth.PartnerCenter); err != nil {
		return nil // the service is away, or refuses: that is to be told
	}
	offset, _ := limited(ctx, func(ctx context.Context) (time.Duration, error) { return c.ClockOffset(ctx), nil })
	return problems.OfClock(offset, c.Now())
}

// mayNotLast reports whether a refusal can be that of a sign-in frequency of "every time": one whose cause Microsoft did not tell, of a public
// client, which alone does not survive that, and whose sign-in has never lasted before. It chooses words and nothing else.
func (c *checker) mayNotLast(p *connector.Problem) bool {
	return p.Kind == connector.KindSignInAgain && !problems.CauseTold(p) && c.ClientKind == auth.PublicClient && !c.lastedBefore()
}

// ageFact tells an age in the unit that fits it; its number is never one.
func ageFact(key string, age time.Duration) connector.Fact {
	const hours, days = 2 * time.Hour, 48 * time.Hour
	switch {
	case age >= days:
		return fact(key+"-days", "Days", strconv.Itoa(int(age/(24*time.Hour))))
	case age >= hours:
		return fact(key+"-hours", "Hours", strconv.Itoa(int(age.Hours())))
	}
	return fact(key, "Minutes", strconv.Itoa(int(age.Minutes())))
}

// lateToken is the refresh check's token if that was late enough itself; else it redeems once more.
func (c *checker) lateToken(ctx context.Context) (auth.Token, error) {
	if c.partnerToken.done != nil && c.partnerToken.at.Sub(c.Consented) >= connector.LastsAfter {
		return c.partnerToken.value, c.partnerToken.err
	}
	return ask(ctx, c, signInService, func(ctx context.Context) (auth.Token, error) { return c.Session.Token(ctx, auth.PartnerCenter, true) })
}

func (c *checker) lastedBefore() bool {
	if c.Saved == nil || !c.Saved.Consented.Equal(c.Consented) {
		return false
	}
	for _, check := range c.Saved.Checks {
		if check.ID == connector.CheckLasts && check.State == connector.CheckPassed {
			return true
		}
	}
	return false
}

// keychain checks that the system's keychain keeps a credential of full size.
func (c *checker) keychain(ctx context.Context) outcome {
	if c.KeychainTest == nil {
		return unknown(nil, fact("keychain-not-tested"))
	}
	_, err := limited(ctx, func(ctx context.Context) (struct{}, error) { return struct{}{}, c.KeychainTest(ctx) })
	if err != nil {
		if ctx.Err() != nil {
			return unknown(nil, fact("stopped"))
		}
		return failed(c.problemOf(err))
	}
	return passed(fact("keychain-tested"))
}
