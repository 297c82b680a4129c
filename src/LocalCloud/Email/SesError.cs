using LocalCloud.Http;

namespace LocalCloud.Email;

/// <summary>The errors of SES v2.</summary>
internal static class SesError
{
    /// <summary>Bytes of a message with its attachments.</summary>
    public const int LargestMessage = 40 * 1024 * 1024;

    public static ServiceException Bad(string message) => new("BadRequestException", message);

    public static ServiceException TooLarge() => new("MessageRejected", $"Message length is more than {LargestMessage} bytes long.");

    public static ServiceException NotFound(string message) => new("NotFoundException", message, status: 404);

    public static ServiceException AlreadyExists(string message) => new("AlreadyExistsException", message);

    public static ServiceException LimitExceeded(string message) => new("LimitExceededException", message);
}
