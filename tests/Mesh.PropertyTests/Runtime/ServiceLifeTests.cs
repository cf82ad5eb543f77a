namespace Mesh.PropertyTests.Runtime;

/// <summary>Random lives of a service: endpoints come and go, configurations change, calls succeed, fail, hang and are given up, time passes.</summary>
[TestFixture]
public class ServiceLifeTests
{
    [Test]
    public void Endpoints_obey_their_laws_whatever_happens() => Property.ForAll(
        MeshStep.Histories,
        static history =>
        {
            using var simulation = new ServiceSimulation();
            var laws = new EndpointLaws(simulation);
            for (var i = 0; i < history.Length; i++)
            {
                simulation.Run(history[i]);
                if (i > 0)
                {
                    laws.Check();
                }
            }

            simulation.FinishAll();
            laws.Check();
            laws.CheckAtRest();
        },
        runs: 400,
        shrink: MeshStep.Shrink);

    [Test]
    public void Nothing_is_lost_mixed_or_left_in_flight_when_all_of_it_happens_at_once() => Property.ForAll(
        MeshStep.Changes,
        static history =>
        {
            using var life = new BusyLife();
            life.Run(history);
        },
        runs: 40,
        soakRuns: 2_000);
}
