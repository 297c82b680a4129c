using LocalCloud.Http;
using LocalCloud.Lambda.Code;

namespace LocalCloud.Lambda.Api;

/// <summary>The code in a request.</summary>
internal static class FunctionCode
{
    private const int MaximumZip = 50 * 1024 * 1024;

    /// <exception cref="ServiceException">It is missing, elsewhere, or no zip.</exception>
    public static CodePackage Read(LambdaInput code)
    {
        if (code.Has("S3Bucket"))
            throw LambdaError.InvalidValue("LocalCloud does not fetch a function's code from S3: send it as ZipFile.");
        var zip = code.Bytes("ZipFile") ?? throw LambdaError.InvalidValue("Please provide a source for function code.");
        if (zip.Length > MaximumZip)
            throw LambdaError.TooLarge($"Request must be smaller than {MaximumZip} bytes for the zipped code.");
        try
        {
            return CodePackage.Unpack(zip);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            throw LambdaError.InvalidValue($"Could not unzip uploaded file. Please check your file, then try to upload again. ({e.Message.TrimEnd('.')})");
        }
    }
}
