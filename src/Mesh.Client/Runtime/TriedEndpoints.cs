// hot path
namespace Mesh.Client.Runtime;

/// <summary>The endpoints a request has tried, so that a retry goes elsewhere. Made by the first retry; a request that needs none has null.</summary>
internal sealed class TriedEndpoints
{
    private EndpointState? _first;
    private EndpointState? _second;
    private EndpointState? _third;
    private List<EndpointState>? _more;

    public void Add(EndpointState endpoint)
    {
        if (_first is null)
        {
            _first = endpoint;
        }
        else if (_second is null)
        {
            _second = endpoint;
        }
        else if (_third is null)
        {
            _third = endpoint;
        }
        else
        {
            (_more ??= []).Add(endpoint);
        }
    }

    public bool Contains(EndpointState endpoint) =>
        ReferenceEquals(_first, endpoint) || ReferenceEquals(_second, endpoint) || ReferenceEquals(_third, endpoint) || (_more is not null && _more.Contains(endpoint));
}
