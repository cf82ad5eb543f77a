namespace Shop.Traffic;

/// <summary>What one process knows of its outgoing calls.</summary>
internal sealed record CallerReport(
    string Caller, long ConfigVersion, RequestCount[] Requests, AttemptCount[] Attempts, EndpointView[] Endpoints, string[] Problems);

/// <summary>Calls to a service and subset, as the caller saw them end.</summary>
internal sealed record RequestCount(string Service, string Subset, CallCounts Counts);

/// <summary>Tries that went to one endpoint.</summary>
internal sealed record AttemptCount(string Service, string Endpoint, CallCounts Counts);

/// <summary>The mesh's opinion of one endpoint.</summary>
internal sealed record EndpointView(string Service, string Endpoint, bool Ejected, long Ejections);
