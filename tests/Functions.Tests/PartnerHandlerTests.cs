using System.Net;
using Contracts;
using Functions.Partner;
using Messaging.Consuming;

namespace Functions.Tests;

public sealed class PartnerHandlerTests
{
    private static readonly Received<BookingConfirmed> Message = new(
        new("message-1", "/booking", "booking.confirmed.v1", DateTimeOffset.UnixEpoch),
        new(Guid.Parse("0197a9c0-7d00-7000-8000-000000000001"), "hotel-1", "double", new(2027, 3, 1), new(2027, 3, 3), new("Ada", "ada@example.com"), new(240m, "EUR")),
        1);

    [Fact]
    public async Task The_partner_gets_the_stay_without_the_guest_and_the_message_id_as_idempotency_key()
    {
        using var partner = new FakePartner(HttpStatusCode.OK);

        Assert.Equal(Verdict.Done, await partner.Handler.ConfirmedAsync(Message, TestContext.Current.CancellationToken));

        Assert.Equal("PUT http://partner.test/api/stays/0197a9c0-7d00-7000-8000-000000000001 message-1", partner.Request);
        Assert.Equal(
            """{"bookingId":"0197a9c0-7d00-7000-8000-000000000001","hotelId":"hotel-1","roomType":"double","checkIn":"2027-03-01","checkOut":"2027-03-03","status":"confirmed"}""",
            partner.Body);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.RequestTimeout)]
    public async Task What_may_pass_is_tried_again_when_the_partner_says(HttpStatusCode status)
    {
        using var partner = new FakePartner(status, retryAfter: "120");

        Assert.Equal(
            Verdict.Retry($"The partner answered {(int)status}.", TimeSpan.FromMinutes(2)), await partner.Handler.ConfirmedAsync(Message, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task Credentials_that_the_partner_refuses_cost_no_message_at_once_for_people_mend_them(HttpStatusCode status)
    {
        using var partner = new FakePartner(status);

        Assert.Equal(
            Verdict.Retry($"The partner answered {(int)status}: look at its credentials."), await partner.Handler.ConfirmedAsync(Message, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Gone)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    public async Task What_will_not_pass_is_dead_lettered(HttpStatusCode status)
    {
        using var partner = new FakePartner(status);

        Assert.Equal(
            Verdict.DeadLetter($"The partner answered {(int)status}: a retry would not change that."),
            await partner.Handler.ConfirmedAsync(Message, TestContext.Current.CancellationToken));
    }

    private sealed class FakePartner : HttpMessageHandler
    {
        private readonly HttpStatusCode _status;
        private readonly string? _retryAfter;
        private readonly HttpClient _http;

        public FakePartner(HttpStatusCode status, string? retryAfter = null)
        {
            (_status, _retryAfter) = (status, retryAfter);
            _http = new(this, disposeHandler: false) { BaseAddress = PartnerHandler.BaseAddress("http://partner.test/api") };
            Handler = new(_http, TimeProvider.System);
        }

        public PartnerHandler Handler { get; }

        public string? Request { get; private set; }

        public string? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Request = $"{request.Method} {request.RequestUri} {string.Join(",", request.Headers.GetValues("Idempotency-Key"))}";
            Body = await request.Content!.ReadAsStringAsync(cancellationToken);
            var response = new HttpResponseMessage(_status);
            if (_retryAfter is not null)
                response.Headers.Add("Retry-After", _retryAfter);
            return response;
        }

        protected override void Dispose(bool disposing)
        {
            _http.Dispose();
            base.Dispose(disposing);
        }
    }
}
