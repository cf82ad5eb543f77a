namespace Bookinfo.Productpage;

/// <summary>What a call brought, and how long it took: a value, or a status and a sentence for the reader.</summary>
public sealed record Answer<T>(int Status, T? Value, string? Error, TimeSpan Took)
    where T : class
{
    public IResult ToResult() => Value is null ? Results.Json(new { error = Error }, statusCode: Status) : Results.Ok(Value);
}
