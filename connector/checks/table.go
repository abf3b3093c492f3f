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

// table has every check, in the order in which they are made and shown.
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

// Order returns every check, in the order in which they are made and shown.
func Order() []connector.CheckID {
	ids := make([]connector.CheckID, 0, len(table))
	for _, d := range table {
		ids = append(ids, d.id)
	}
	return ids
}
