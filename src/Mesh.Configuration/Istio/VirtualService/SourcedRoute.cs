using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>A rule and where it was written: with a delegate that is another document than the one with the hosts.</summary>
/// <param name="Document">The document the rule's destinations and short names belong to.</param>
/// <param name="Index">Position of the rule in that document.</param>
/// <param name="Spec">The rule, merged when it was delegated.</param>
internal readonly record struct SourcedRoute(ConfigDocument Document, int Index, HTTPRouteSpec Spec);
