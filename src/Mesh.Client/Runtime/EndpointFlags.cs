namespace Mesh.Client.Runtime;

/// <summary>Why an endpoint may not take a request just like that. No flag is the state of nearly every endpoint nearly always, and costs one comparison.</summary>
[Flags]
internal enum EndpointFlags
{
    None = 0,

    /// <summary>Taken out of rotation by outlier detection.</summary>
    Ejected = 1 << 0,

    /// <summary>Its ejection is over; one request at a time finds out whether it is well.</summary>
    Probing = 1 << 1,

    /// <summary>Its last connection attempt failed; one request at a time until one succeeds, or until the ejection threshold is reached.</summary>
    Suspect = 1 << 2,

    /// <summary>Discovery says it takes no traffic.</summary>
    Unhealthy = 1 << 3,
}
