// Each test gets its own instance of its class: fields are fresh and nothing depends on the order of tests.
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
