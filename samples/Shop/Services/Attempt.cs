namespace Shop.Services;

/// <summary>Turns a call that fails into a sentence for the caller.</summary>
internal static class Attempt
{
    public static async Task<(T? Value, string? Failure)> RunAsync<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return (await call(), null);
        }
        catch (HttpRequestException e)
        {
            return (null, e.StatusCode is { } status ? $"The service answered {(int)status} ({status})." : $"The service cannot be reached: {e.Message}");
        }
    }
}
