using System.Text;

namespace TestFunction;

/// <summary>How the process begins, by its variable <c>START</c>.</summary>
internal static class Start
{
    public static async Task AsToldAsync(HttpClient http, Uri api)
    {
        switch (Environment.GetEnvironmentVariable("START"))
        {
            case "slowly":
                await Task.Delay(Timeout.Infinite);
                break;
            case "exit":
                await Console.Error.WriteLineAsync("cannot go on");
                Environment.Exit(3);
                break;
            case "error":
                using (var error = new StringContent("""{"errorType":"NoDatabase","errorMessage":"there is none"}""", Encoding.UTF8, "application/json"))
                    (await http.PostAsync(new Uri(api, "init/error"), error)).Dispose();
                await Task.Delay(Timeout.Infinite);
                break;
        }
    }
}
