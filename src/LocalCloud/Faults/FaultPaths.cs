using LocalCloud.Http;

namespace LocalCloud.Faults;

/// <summary><c>/_local/faults</c>: PUT puts a plan in force, GET shows it, DELETE ends it.</summary>
internal static class FaultPaths
{
    private const string Path = "/_local/faults";

    public static LocalPaths AddFaults(this LocalPaths paths, FaultInjector faults) => paths
        .Add("GET", Path, call => call.AnswerAsync(200, "application/json", FaultJson.Write(faults.Run?.Plan ?? new FaultPlan())))
        .Add("PUT", Path, call => PutAsync(call, faults))
        .Add("DELETE", Path, call =>
        {
            faults.Set(null);
            return call.AnswerAsync(204, null, default);
        });

    private static Task PutAsync(Call call, FaultInjector faults)
    {
        try
        {
            faults.Set(FaultJson.Read(call.Body));
            return call.AnswerAsync(204, null, default);
        }
        catch (ArgumentException wrong)
        {
            return PlainErrors.AnswerAsync(call, 400, "InvalidFaultPlan", wrong.Message);
        }
    }
}
