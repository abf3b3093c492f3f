package main

import (
	"context"
	"os"
	"strings"

	"partner-center-connector/cli"
	"partner-center-connector/rehearsal"
)

// serve serves the practice cloud until ctx ends, and removes the files that describe it.
func serve(ctx context.Context, o cli.ServeOptions, ready func(cli.RehearsalFacts)) error {
	cloud, err := rehearsal.Start(ctx, rehearsal.Options{Scenario: o.Scenario, Auto: o.Auto, Text: o.Text})
	if err != nil {
		return err
	}
	defer func() { _ = cloud.Close() }()
	if err := cloud.WriteCloudsFile(o.CloudsFile); err != nil {
		return err
	}
	defer removeCloudsFile(o.CloudsFile)
	ready(factsOf(cloud.Facts(), o.CloudsFile))
	<-ctx.Done()
	return cloud.Close()
}

func removeCloudsFile(path string) {
	_ = os.Remove(path)
	if i := strings.LastIndexByte(path, '.'); i > strings.LastIndexAny(path, `/\`) {
		path = path[:i]
	}
	_ = os.Remove(path + ".pem")
}

func factsOf(f rehearsal.Facts, file string) cli.RehearsalFacts {
	ids := map[string]string{"public": f.Clients.Public, "secret": f.Clients.Secret, "certificate": f.Clients.Certificate}
	facts := cli.RehearsalFacts{
		CloudsFile: file, Domain: f.Domain, TenantID: f.TenantID, ClientID: ids[f.ClientKind], RedirectURI: f.RedirectURIs[0],
		Scenario: f.Scenario, User: f.IntegrationUPN, ClientSecret: f.ClientSecret,
	}
	for _, kind := range []string{"public", "secret", "certificate"} {
		facts.ClientIDs = append(facts.ClientIDs, cli.NamedValue{Name: kind, Value: ids[kind]})
	}
	for _, p := range f.People {
		facts.People = append(facts.People, cli.RehearsalPerson{Role: p.Role, UPN: p.UPN})
	}
	return facts
}

func scenarios() []cli.RehearsalScenario {
	all := []cli.RehearsalScenario{}
	for _, s := range rehearsal.Scenarios() {
		all = append(all, cli.RehearsalScenario{Name: s.Name, Key: s.Text})
	}
	return all
}
