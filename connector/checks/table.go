package checks

import (
	"context"

	"partner-center-connector/connector"
)

// definition is one check: what it weighs for Save when it could not be made and when it failed, and how it is made.
type definition struct {
	id              connector.CheckID
	unknown, failed connector.Weight
	make            func(*checker, context.Context) outcome
}

// table has every check of a connector of our own, in the order in which they are made and shown.
var table = []definition{
	{connector.CheckOurs, connector.WeightNever, connector.WeightNever, (*checker).ours},
	{connector.CheckTenant, connector.WeightNever, connector.WeightNever, (*checker).tenant},
	{connector.CheckUser, connector.WeightAttention, connector.WeightNever, (*checker).user},
	{connector.CheckMember, connector.WeightWarning, connector.WeightNever, (*checker).member},
	{connector.CheckNotAdmin, connector.WeightWarning, connector.WeightAttention, (*checker).notAdmin},
	{connector.CheckPermissions, connector.WeightAttention, connector.WeightNever, (*checker).permissions},
	{connector.CheckRefresh, connector.WeightNever, connector.WeightNever, (*checker).refresh},
	{connector.CheckMFA, connector.WeightAttention, connector.WeightNever, (*checker).mfa},
	{connector.CheckPartner, connector.WeightAttention, connector.WeightAttention, (*checker).partner},
	{connector.CheckRole, connector.WeightAttention, connector.WeightAttention, (*checker).role},
	{connector.CheckLasts, connector.WeightNone, connector.WeightAttention, (*checker).lasts},
	{connector.CheckCredential, connector.WeightWarning, connector.WeightAttention, (*checker).credentialEnd},
	{connector.CheckKeychain, connector.WeightNever, connector.WeightNever, (*checker).keychain},
}

// linkTable has the checks of a connector that another product keeps, in order. None of them is a reason not to keep it.
var linkTable = []definition{
	{connector.CheckLinkApp, connector.WeightNone, connector.WeightAttention, (*checker).linkApp},
	{connector.CheckLinkAdmin, connector.WeightNone, connector.WeightAttention, (*checker).linkAdmin},
	{connector.CheckLinkUser, connector.WeightNone, connector.WeightAttention, (*checker).linkUser},
	{connector.CheckLinkMFA, connector.WeightNone, connector.WeightAttention, (*checker).linkMFA},
}

// vaultTable has the checks of a connector whose credential is in a key vault, in order: this computer's keychain has nothing to do with it.
var vaultTable = table[:len(table)-1]

func tableFor(origin connector.Origin) []definition {
	switch origin {
	case connector.OriginLink:
		return linkTable
	case connector.OriginVault:
		return vaultTable
	default:
		return table
	}
}

// Order returns every check of a connector of our own, in the order in which they are made and shown.
func Order() []connector.CheckID { return orderOf(table) }

// OrderFor is the order of the checks of a connector of an origin.
func OrderFor(origin connector.Origin) []connector.CheckID {
	return orderOf(tableFor(origin))
}

func orderOf(table []definition) []connector.CheckID {
	ids := make([]connector.CheckID, 0, len(table))
	for _, d := range table {
		ids = append(ids, d.id)
	}
	return ids
}
