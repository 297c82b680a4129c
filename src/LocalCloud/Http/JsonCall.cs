using System.Text.Json;

namespace LocalCloud.Http;

/// <summary>One request of an AWS JSON service.</summary>
/// <param name="Call">The request as it came.</param>
/// <param name="Input">Its members.</param>
/// <param name="Output">Inside the answer's object; an operation without output writes nothing.</param>
internal sealed record JsonCall(Call Call, JsonInput Input, Utf8JsonWriter Output)
{
    /// <summary>A time as these services write it: seconds since 1970, to the millisecond.</summary>
    public void WriteTime(string member, DateTimeOffset time) => Output.WriteNumber(member, time.ToUnixTimeMilliseconds() / 1000m);
}
