using Crash;
using Crash.Processes;

return args switch
{
    ["crash", .. var options] when Settings.TryRead(options) is { } settings => await CrashRun.RunAsync(settings),
    ["worker"] => await WorkerProcess.RunAsync(),
    ["relay"] => await RelayProcess.RunAsync(),
    _ => Settings.Usage(),
};
