using System.Reflection;

namespace LocalCloud.Http;

/// <summary><c>GET /health</c>: that the server answers, its version, and the services it has.</summary>
internal static class Health
{
    public static Func<Call, Task> Of(IEnumerable<IService> services)
    {
        var answer = JsonBody.Write(json =>
        {
            json.WriteString("status"u8, "ok"u8);
            json.WriteString("version"u8, typeof(Health).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");
            json.WriteStartObject("services"u8);
            foreach (var service in services.OrderBy(service => service.Name, StringComparer.Ordinal))
            {
                json.WriteString(service.Name, "running"u8);
            }

            json.WriteEndObject();
        });
        return call => call.AnswerAsync(200, "application/json", answer);
    }
}
