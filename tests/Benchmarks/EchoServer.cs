using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks;

/// <summary>The least that Kestrel can do with a request: read its body, answer what a send does, always the same. What this machine gives today.</summary>
internal static class EchoServer
{
    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        "{\"MessageId\":\"059f36b4-87a3-44ab-83d2-661975836f10\",\"MD5OfMessageBody\":\"d282a18b3ab0389a0b042ab3f8052d9e\"}".PadRight(120));

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        await using var app = builder.Build();
        app.Run(async http =>
        {
            while (true)
            {
                var read = await http.Request.BodyReader.ReadAsync();
                http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }

            http.Response.ContentLength = Answer.Length;
            await http.Response.BodyWriter.WriteAsync(Answer);
        });
        await app.StartAsync();
        Console.WriteLine($"Ready: {app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
