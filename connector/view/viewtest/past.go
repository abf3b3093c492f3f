package viewtest

import (
	"time"

	"partner-center-connector/connector"
)

// ago is the time so many days before Now.
func ago(days int) time.Time { return Now.AddDate(0, 0, -days) }

// checkedDaily is a range of daily checks of one outcome, made by the schedule.
func checkedDaily(from, to int, h connector.Health) connector.Past {
	return connector.Past{What: connector.HappenedCheck, Health: h, Scheduled: true, From: ago(from), To: ago(to), Count: from - to + 1}
}

// withHistory is the saved connector with a history, whose last check was made today.
func withHistory(consented int, history ...connector.Past) connector.Connector {
	return saved(func(c *connector.Connector) {
		c.Consented, c.Saved, c.Checked, c.Refreshed, c.History = ago(consented), ago(consented), Now, Now, history
	})
}

// WithPast is a healthy connector which is checked every day, but for a week in which the computer was off. Its client secret ends in 24 days.
func WithPast() connector.Connector {
	c := withHistory(140,
		connector.Past{What: connector.HappenedConsent, From: ago(140), To: ago(140), Count: 1},
		connector.Past{What: connector.HappenedCheck, Health: connector.HealthNew, From: ago(140), To: ago(140), Count: 1},
		checkedDaily(139, 80, connector.HealthGood), checkedDaily(71, 31, connector.HealthGood), checkedDaily(30, 0, connector.HealthGood),
	)
	c.SecretExpires = day(0, 0, 24)
	return c
}

// eventful is a connector to which everything has happened that can, over more than a year. Its client secret lasts longer than the picture.
func eventful() connector.Connector {
	c := withHistory(200,
		connector.Past{What: connector.HappenedConsent, From: ago(420), To: ago(420), Count: 1},
		checkedDaily(419, 330, connector.HealthGood),
		checkedDaily(329, 323, connector.HealthAttention), checkedDaily(322, 318, connector.HealthExpired),
		connector.Past{What: connector.HappenedCredential, From: ago(317), To: ago(317), Count: 1},
		connector.Past{What: connector.HappenedConsent, From: ago(317), To: ago(317), Count: 1},
		checkedDaily(316, 230, connector.HealthGood),
		connector.Past{What: connector.HappenedRefused, Problem: connector.KindMFAAgain, From: ago(229), To: ago(229), Count: 1},
		checkedDaily(229, 201, connector.HealthSignIn),
		connector.Past{What: connector.HappenedConsent, From: ago(200), To: ago(200), Count: 1},
		connector.Past{What: connector.HappenedCopy, From: ago(198), To: ago(198), Count: 1},
		checkedDaily(199, 110, connector.HealthGood),
		connector.Past{What: connector.HappenedUnchecked, Problem: connector.KindKeychainLocked, Scheduled: true, From: ago(109), To: ago(99), Count: 11},
		checkedDaily(60, 40, connector.HealthUnknown), checkedDaily(39, 0, connector.HealthGood),
	)
	c.SecretExpires = day(1, 0, 0)
	return c
}
