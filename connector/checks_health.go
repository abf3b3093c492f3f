package connector

// HealthOf is the one word for the outcome of a run of checks. It is never "good" when anything that matters was not checked.
func HealthOf(checks []Check) Health {
	made := map[CheckID]Check{}
	for _, c := range checks {
		made[c.ID] = c
	}
	if signIn(made[CheckRefresh]) || signIn(made[CheckLasts]) {
		return HealthSignIn
	}
	health := HealthGood
	for _, id := range CheckOrder {
		if made[id].State == CheckFailed {
			return HealthAttention
		}
		health = worse(health, healthOf(id, made[id]))
	}
	return health
}

func signIn(c Check) bool { return c.State == CheckFailed && NeedsSignIn(c.Problem) }

// healthOf is what the outcome of a check that did not fail allows at best.
func healthOf(id CheckID, c Check) Health {
	switch c.State {
	case CheckPassed:
		return HealthGood
	case CheckWarning:
		if c.Weight == WeightAttention || c.Weight == WeightNever {
			return HealthAttention
		}
		return HealthGood
	case CheckUnknown:
		return healthOfUnknown(columnsOf[id].unknown)
	default:
		return HealthUnknown
	}
}

func healthOfUnknown(w Weight) Health {
	switch w {
	case WeightNone:
		return HealthNew
	case WeightWarning:
		return HealthGood
	case WeightAttention:
		return HealthAttention
	default:
		return HealthUnknown
	}
}

// worse orders the words for what is missing: a gap in what nothing else can stand for comes last.
func worse(a, b Health) Health {
	rank := map[Health]int{HealthGood: 0, HealthNew: 1, HealthAttention: 2, HealthUnknown: 3}
	if rank[b] > rank[a] {
		return b
	}
	return a
}
