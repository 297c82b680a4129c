namespace Amazon.Lambda.Core;

/// <summary>What a mobile client said of itself when it invoked the function.</summary>
public interface IClientContext
{
    /// <summary>The device.</summary>
    IDictionary<string, string> Environment { get; }

    /// <summary>The application.</summary>
    IClientApplication Client { get; }

    /// <summary>Values of the application's own.</summary>
    IDictionary<string, string> Custom { get; }
}

/// <summary>The application of a mobile client.</summary>
public interface IClientApplication
{
    /// <summary>Its package.</summary>
    string AppPackageName { get; }

    /// <summary>Its title.</summary>
    string AppTitle { get; }

    /// <summary>Its version, as a number.</summary>
    string AppVersionCode { get; }

    /// <summary>Its version, in words.</summary>
    string AppVersionName { get; }

    /// <summary>The installation.</summary>
    string InstallationId { get; }
}
